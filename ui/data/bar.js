// The bar: tells the page its language and workspace, and the server which language a person chooses.
const page = document.documentElement;
const shown = () => {
  const known = [...element.querySelectorAll("[data-workspace]")].map((button) => button.dataset.workspace);
  const asked = new URL(location.href).searchParams.get("workspace");
  return known.includes(asked) ? asked : known[0];
};
const sync = () => {
  const bar = element.querySelector(".bar");
  if (!bar) return;
  page.lang = bar.dataset.lang;
  page.dataset.workspace = shown();
  bar.querySelectorAll("[data-workspace]").forEach((button) => {
    const here = button.dataset.workspace === page.dataset.workspace;
    if (here) button.setAttribute("aria-current", "page"); else button.removeAttribute("aria-current");
    if (here) document.title = `Medinfo – ${button.textContent}`;
  });
  const choice = element.querySelector("#language");
  choice.value = choice.dataset.value;
};
const go = (name, value) => {
  const address = new URL(location.href);
  address.searchParams.set(name, value);
  history.replaceState(null, "", address); // a reload keeps it; no name and no text ever goes there
};
element.addEventListener("click", (event) => {
  const button = event.target.closest("[data-workspace]");
  if (!button) return;
  go("workspace", button.dataset.workspace);
  sync();
});
element.addEventListener("change", (event) => {
  if (event.target.id !== "language") return;
  const language = event.target.value;
  go("lang", language);
  acts.send(trigger, { act: "language", value: language, language });
});
watch("value", sync);
sync();
