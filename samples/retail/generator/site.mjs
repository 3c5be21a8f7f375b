// What people do on the site: visits of those who agreed to be counted, each as far as it went.
import {
  DAYS,
  dateText,
  END,
  instantText,
  londonTime,
  MONTHS,
  monthStart,
} from '../../generator/calendar.mjs';
import { between, carrying, drawFrom, pick } from '../../generator/random.mjs';
import * as story from './story.mjs';

/** Seconds after midnight: lunch, and the evening. */
const TIME_OF_DAY = [
  [0, 0],
  [0.03, 21_600],
  [0.35, 45_000],
  [0.6, 61_200],
  [0.92, 80_000],
  [1, 86_399],
];

/** An instant on a day in London. */
export function someTime(random, day) {
  return londonTime(day, Math.floor(drawFrom(random, TIME_OF_DAY)));
}

const STEPS = ['view', 'basket', 'checkout', 'pay'];

/** All events in the order of time: `{ visitor, step, device, time }`. About a third of the visits are of somebody who was there before. */
export function makeEvents(random, scale) {
  const total = story.SEASON.reduce((sum, monthly) => sum + monthly, 0) * (MONTHS / 12);
  const take = carrying();
  const visitors = [];
  const events = [];
  for (let month = 0; month < MONTHS; month += 1) {
    const season = story.SEASON[(month + 6) % 12];
    const number = take((story.VISITS * scale * season) / total);
    const [first, next] = [monthStart(month), Math.min(monthStart(month + 1), DAYS)];
    const days = Array.from({ length: number }, () => between(random, first, next - 1)).sort((a, b) => a - b);
    for (const day of days) {
      const visitor = someVisitor(random, visitors, day);
      visitor.days.push(day);
      events.push(...visit(random, visitor, day));
    }
  }
  return events
    .filter(({ time }) => time < END)
    .sort((a, b) => a.time - b.time || a.visitor.number - b.visitor.number || a.place - b.place);
}

/** Somebody of the last weeks, or somebody new. */
function someVisitor(random, visitors, day) {
  const recent = visitors.slice(-180).filter(({ days }) => days.at(-1) > day - 50);
  if (recent.length > 0 && random() < story.RETURNING_VISITOR) return pick(random, recent);
  const device = random() < story.ON_PHONE ? 'phone' : 'desktop';
  const visitor = { number: visitors.length + 1, device, days: [] };
  visitors.push(visitor);
  return visitor;
}

function visit(random, visitor, day) {
  const { device } = visitor;
  const isNewPage = dateText(day) >= story.NEW_PAY_PAGE;
  let time = someTime(random, day);
  const events = [];
  for (const [place, step] of STEPS.entries()) {
    const goesOn =
      step === 'pay' && isNewPage && device === 'phone'
        ? story.PAYS_ON_PHONE_AFTER
        : story.GOES_ON[device][step];
    if (goesOn !== undefined && random() >= goesOn) break;
    events.push({ visitor, step, device, time, place });
    time += between(random, 20, 400) * 1000;
  }
  return events;
}

export const EVENT_COLUMNS = ['event_id', 'visitor_id', 'step', 'device', 'at'];

export function* eventRows(events) {
  for (const [index, { visitor, step, device, time }] of events.entries()) {
    const id = `E${String(index + 1).padStart(5, '0')}`;
    yield [id, `V${String(visitor.number).padStart(4, '0')}`, step, device, instantText(time)];
  }
}
