// What the customers buy: orders, and the lines that they are made of.
import { DAYS, dateText, MONTHS, monthStart } from '../../generator/calendar.mjs';
import { between, carrying, pick, pickWeighted, shuffled } from '../../generator/random.mjs';
import { customerId, isMember } from './customers.mjs';
import { PRODUCTS, pounds } from './products.mjs';
import * as story from './story.mjs';

/**
 * All orders in the order of time: `{ customer, day, login, isFirst, delivered, isLate, lines }`. The first one of a customer is given;
 * later ones are dealt month by month among those who still order.
 */
export function makeOrders(random, customers) {
  const orders = [];
  const takes = {};
  for (const customer of customers) {
    if (customer.first !== null)
      orders.push(makeOrder(random, customer, { day: customer.first, isFirst: true }));
  }
  for (let month = 0; month < MONTHS; month += 1) {
    const [first, next] = [monthStart(month), monthStart(month + 1)];
    const season = story.SEASON[(month + 6) % 12];
    for (const type of Object.keys(story.ORDERS)) {
      for (const inClub of [false, true]) {
        const own = customers.filter(
          (one) =>
            one.type === type &&
            one.first !== null &&
            one.first < next - 8 &&
            one.last >= first &&
            isMember(one, first) === inClub,
        );
        takes[`${type} ${inClub}`] ??= carrying();
        const rate = story.ORDERS[type] * (inClub ? story.CLUB_FACTOR : 1) * season;
        const number = takes[`${type} ${inClub}`](own.length * rate);
        for (const customer of dealt(random, own, number)) {
          const day = between(random, Math.max(first, customer.first + 7), next - 1);
          orders.push(makeOrder(random, customer, { day, isFirst: false }));
        }
      }
    }
  }
  return orders.sort((a, b) => a.day - b.day || a.customer.number - b.customer.number);
}

/** So many of a list, each once before any is there again. */
function dealt(random, list, number) {
  const found = [];
  while (list.length > 0 && found.length < number) found.push(...shuffled(random, list));
  return found.slice(0, number);
}

function makeOrder(random, customer, { day, isFirst }) {
  const isLate = customer.region === 'north' && day >= monthStart(story.CARRIER_CHANGE);
  const delivered = day + between(random, ...story.DELIVERY_DAYS[isLate ? 'late' : 'usual']);
  const voucher = isFirst && customer.type === 'ads' ? 'HELLO30' : '';
  const discount = voucher === '' ? (isMember(customer, day) ? story.CLUB_DISCOUNT : 0) : story.ADS_DISCOUNT;
  const order = { customer, day, login: between(random, 1, customer.logins), isFirst, isLate, voucher };
  const products = new Set();
  const wanted = between(random, ...story.LINES[customer.type]);
  while (products.size < wanted) products.add(pickProduct(random, customer, isFirst));
  const lines = [...products].map((product) => makeLine(random, { order, product, discount }));
  return { ...order, delivered: delivered < DAYS ? delivered : null, lines };
}

function pickProduct(random, customer, isFirst) {
  const category = pickWeighted(random, story.CATEGORIES[customer.kind]);
  const tier = random() < story.PREMIUM[isFirst ? 'first' : 'later'] ? 'premium' : 'standard';
  return pick(
    random,
    PRODUCTS.filter((product) => product.category === category && product.tier === tier),
  );
}

function makeLine(random, { order, product, discount }) {
  const { customer, day } = order;
  const isWare = product.category === 'ware' || product.category === 'gift';
  const quantity = isWare ? 1 : between(random, ...story.PIECES[customer.type]);
  const rate = customer.type === 'ads' ? story.RETURNS_OF_ADS : story.RETURNS[product.category];
  const returned = day + between(random, 6, 28);
  const isReturned = random() < rate && returned < DAYS;
  return {
    product,
    quantity,
    price: Math.round(product.price * (1 - discount)),
    returned: isReturned ? returned : null,
  };
}

/** `O00001`, by the place of the order. */
export function orderId(index) {
  return `O${String(index + 1).padStart(5, '0')}`;
}

export const ORDER_COLUMNS = 'order_id,customer_id,ordered_by,ordered_on,delivered_on,voucher'.split(',');

export function* orderRows(orders) {
  for (const [index, { customer, login, day, delivered, voucher }] of orders.entries()) {
    const id = customerId(customer);
    const until = delivered === null ? '' : dateText(delivered);
    yield [orderId(index), id, `${id}-${login}`, dateText(day), until, voucher];
  }
}

export const LINE_COLUMNS = 'line_id,order_id,product_id,quantity,price,returned_on'.split(',');

export function* lineRows(orders) {
  let made = 0;
  for (const [index, { lines }] of orders.entries()) {
    for (const { product, quantity, price, returned } of lines) {
      made += 1;
      const until = returned === null ? '' : dateText(returned);
      yield [`L${String(made).padStart(5, '0')}`, orderId(index), product.id, quantity, pounds(price), until];
    }
  }
}
