
"use strict";
const { people, stops, dates, words } = JSON.parse(document.getElementById("day").textContent);
const MOST = 20;
const input = document.getElementById("name");
const count = document.getElementById("count");
const found = document.getElementById("found");

/* Søren, Soeren and Soren are one; accents and case are of no account. */
function plain(text) {
  return text.toLowerCase().replace(/æ/g, "a").replace(/ø/g, "o").normalize("NFKD").replace(/\p{M}/gu, "")
    .replace(/aa|ae/g, "a").replace(/oe/g, "o");
}

function make(tag, text, className) {
  const made = document.createElement(tag);
  made.textContent = text;
  if (className) made.className = className;
  return made;
}

function dayOf([name, about, own, roles]) {
  const item = document.createElement("li");
  const details = document.createElement("details");
  const summary = make("summary", "");
  summary.append(make("strong", name), about ? ", " + about : "");
  details.append(summary);
  let list = null;
  own.forEach((index, round) => {
    if (dates[round]) details.append(make("p", dates[round], "date"));
    if (dates[round] || !list) {
      list = document.createElement("dl");
      details.append(list);
    }
    if (index < 0) return;
    const [time, room, code, title] = stops[round][index];
    const what = make("dd", "");
    if (room) what.append(make("span", room, "room"));
    if (code) what.append(make("span", code, "code"), " ");
    what.append(title, roles.includes(round) ? " (" + words.presenter + ")" : "");
    list.append(make("dt", time, "time"), what);
  });
  item.append(details);
  return item;
}

function told(number) {
  if (number === 0) return words.nobody;
  if (number === 1) return words.one;
  return (number > MOST ? words.more : words.several).replace("{}", number);
}

const names = people.map(person => plain(person[0]));

function find() {
  const parts = plain(input.value).split(/\s+/).filter(part => part);
  const hits = parts.length ? people.filter((_, at) => parts.every(part => names[at].includes(part))) : [];
  count.textContent = parts.length ? told(hits.length) : "";
  found.replaceChildren(...hits.slice(0, MOST).map(dayOf));
  if (hits.length === 1) found.querySelector("details").open = true;
}

document.getElementById("finder").hidden = false;
document.getElementById("without-script").hidden = true;
input.addEventListener("input", find);
find();

/* Paper has no buttons to open a list with. */
let closed = [];
addEventListener("beforeprint", () => {
  closed = [...document.querySelectorAll("#rosters details:not([open])")];
  closed.forEach(each => { each.open = true; });
});
addEventListener("afterprint", () => closed.forEach(each => { each.open = false; }));
