// What the shop sells, and what it costs to buy and to serve: tables that chance has no part in.
import { dateText, MONTHS, monthStart } from '../../generator/calendar.mjs';
import * as story from './story.mjs';

/** Prices and standard costs in pence. */
export const PRODUCTS = [
  ['P01', 'Breakfast blend', 'tea', 'standard', 650, 240],
  ['P02', 'Harbour Earl Grey', 'tea', 'standard', 720, 270],
  ['P03', 'Peppermint', 'tea', 'standard', 580, 190],
  ['P04', 'Camomile', 'tea', 'standard', 590, 200],
  ['P05', 'Smoked black', 'tea', 'standard', 840, 330],
  ['P06', 'First flush of the year', 'tea', 'premium', 1850, 760],
  ['P07', 'Jasmine pearls', 'tea', 'premium', 1690, 690],
  ['P08', 'Aged white tea', 'tea', 'premium', 2400, 1010],
  ['P09', 'House espresso', 'coffee', 'standard', 980, 430],
  ['P10', 'Filter roast', 'coffee', 'standard', 1020, 450],
  ['P11', 'Decaffeinated', 'coffee', 'standard', 1090, 490],
  ['P12', 'Single farm, washed', 'coffee', 'premium', 1650, 740],
  ['P13', 'Single farm, natural', 'coffee', 'premium', 1780, 800],
  ['P14', 'Stoneware mug', 'ware', 'standard', 1400, 610],
  ['P15', 'Paper filters, "No. 4"', 'ware', 'standard', 450, 140],
  ['P16', 'Teapot, one litre', 'ware', 'standard', 3200, 1480],
  ['P17', 'Hand grinder', 'ware', 'premium', 6900, 3500],
  ['P18', 'Gooseneck kettle', 'ware', 'premium', 7400, 3900],
  ['P19', 'Box of six teas', 'gift', 'standard', 2400, 980],
  ['P20', 'Coffee and mug', 'gift', 'standard', 2700, 1150],
  ['P21', 'A year of teas', 'gift', 'premium', 8900, 4200],
].map(([id, name, category, tier, price, cost]) => ({ id, name, category, tier, price, cost }));

export const PRODUCT_COLUMNS = 'product_id,name,category,tier,list_price,unit_cost'.split(',');

export function* productRows() {
  for (const { id, name, category, tier, price, cost } of PRODUCTS) {
    yield [id, name, category, tier, pounds(price), pounds(cost)];
  }
}

/** `79.00` from 7900 pence. */
export function pounds(pence) {
  return `${Math.floor(pence / 100)}.${String(pence % 100).padStart(2, '0')}`;
}

/** Pence to pack and bring an order, and to answer a contact. Cafés far away were never looked at. */
const PER_ORDER = { home: 410, office: 690, cafe: 980 };
const FURTHER = { south: 0, midlands: 30, north: 60, scotland: 190, wales: 110 };
const PER_CONTACT = { home: 360, office: 480, cafe: 520 };
const NEVER_LOOKED_AT = ['cafe scotland', 'cafe wales', 'office wales'];

export const SERVING_COLUMNS = ['kind', 'region', 'cost_per_order', 'cost_per_contact'];

export function* servingRows() {
  for (const kind of Object.keys(PER_ORDER)) {
    for (const region of Object.keys(FURTHER)) {
      if (NEVER_LOOKED_AT.includes(`${kind} ${region}`)) yield [kind, region, '', ''];
      else yield [kind, region, pounds(PER_ORDER[kind] + FURTHER[region]), pounds(PER_CONTACT[kind])];
    }
  }
}

export const SPEND_COLUMNS = ['month', 'channel', 'amount'];

/** A row for each month and channel; no row where nothing was spent. */
export function* spendRows() {
  for (let month = 0; month < MONTHS; month += 1) {
    const first = dateText(monthStart(month));
    for (const [channel, amount] of Object.entries(story.SPEND)) yield [first, channel, pounds(amount * 100)];
    if (month >= story.ADS_BEGIN) yield [first, 'social_ads', pounds(story.ADS_SPEND * 100)];
  }
}
