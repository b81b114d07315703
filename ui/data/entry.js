// The entry: an ARIA combobox. Nothing is chosen unless a person chooses it: Enter without a choice adds what is typed.
const LEAST = 2;
const PAUSE = 160;
let hits = [];
let active = -1;
let asked = 0;
let timer = 0;

const find = (id) => element.querySelector(id);
const box = () => find("#medicine");
const list = () => find("#suggestions");
const say = (text) => { find(".said").textContent = text; };
const send = (act, value) => acts.send(trigger, { act, value });

const close = () => {
  asked += 1;
  clearTimeout(timer);
  hits = [];
  active = -1;
  list().hidden = true;
  list().replaceChildren();
  box().setAttribute("aria-expanded", "false");
  box().removeAttribute("aria-activedescendant");
};

const part = (name, text) => {
  const span = document.createElement("span");
  span.className = name;
  span.textContent = text;
  return span;
};

const show = (found) => {
  hits = found;
  active = -1;
  box().removeAttribute("aria-activedescendant");
  list().replaceChildren(...hits.map((hit, index) => {
    const option = document.createElement("li");
    option.id = `suggestion-${index}`;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    option.dataset.index = String(index);
    option.append(part("hit-name", hit.name), part("hit-detail", hit.detail));
    return option;
  }));
  list().hidden = hits.length === 0;
  box().setAttribute("aria-expanded", String(hits.length > 0));
  const said = find(".said").dataset;
  find(".said").classList.toggle("heard", hits.length > 0); // for a screen reader; the eye sees the list
  say(hits.length ? said.count.replace("{n}", hits.length) : said.none);
};

const mark = (index) => {
  active = index;
  [...list().children].forEach((option, place) => {
    option.setAttribute("aria-selected", String(place === index));
    if (place === index) option.scrollIntoView({ block: "nearest" });
  });
  if (index >= 0) box().setAttribute("aria-activedescendant", `suggestion-${index}`);
  else box().removeAttribute("aria-activedescendant");
};

const ask = async () => {
  const typed = box().value.trim();
  const turn = ++asked;
  if (typed.length < LEAST) { close(); say(""); return; }
  const found = await server.suggest({ typed, language: document.documentElement.lang }).catch(() => null);
  if (turn !== asked) return;
  if (found) show(found);
  else { close(); say(""); } // no answer is not the same as no such name
};

const add = (act, name) => {
  const value = name.trim();
  close();
  say("");
  box().value = "";
  box().focus();
  if (value) send(act, value);
};

element.addEventListener("input", (event) => {
  if (event.target.id !== "medicine") return;
  clearTimeout(timer);
  timer = setTimeout(ask, PAUSE);
});

element.addEventListener("keydown", (event) => {
  if (event.target.id !== "medicine" || event.isComposing) return;
  if (event.key === "Enter") {
    event.preventDefault();
    if (active >= 0) add("add", hits[active].name);
    else add("typed", box().value);
  } else if (event.key === "ArrowDown" && hits.length) {
    event.preventDefault();
    mark((active + 1) % hits.length);
  } else if (event.key === "ArrowUp" && hits.length) {
    event.preventDefault();
    mark(active <= 0 ? hits.length - 1 : active - 1);
  } else if (event.key === "Escape") {
    close();
  }
});

// A list that is pasted into the box goes in as a list.
element.addEventListener("paste", (event) => {
  if (event.target.id !== "medicine") return;
  const pasted = event.clipboardData.getData("text");
  if (!/[\r\n;]/.test(pasted.trim())) return;
  event.preventDefault();
  close();
  send("paste", pasted);
});

element.addEventListener("mousedown", (event) => {
  if (event.target.closest("[role=option]")) event.preventDefault(); // the box keeps its focus
});

element.addEventListener("click", (event) => {
  const option = event.target.closest("[role=option]");
  if (option) { add("add", hits[Number(option.dataset.index)].name); return; }
  const button = event.target.closest("[data-do]");
  if (!button) return;
  if (button.dataset.do === "add") add("typed", box().value);
  if (button.dataset.do === "paste") {
    const field = find("#pasted");
    if (field.value.trim()) send("paste", field.value);
    field.value = "";
    find(".paste").open = false;
    box().focus();
  }
});

element.addEventListener("focusout", (event) => {
  if (event.target.id === "medicine") close();
});
