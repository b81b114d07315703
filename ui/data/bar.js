// The bar: tells the page its language, and the server which one a person chooses.
const sync = () => {
  const bar = element.querySelector(".bar");
  if (!bar) return;
  document.documentElement.lang = bar.dataset.lang;
  document.title = bar.dataset.title;
  const choice = element.querySelector("#language");
  choice.value = choice.dataset.value;
};
element.addEventListener("change", (event) => {
  if (event.target.id !== "language") return;
  const language = event.target.value;
  const address = new URL(location.href);
  address.searchParams.set("lang", language);
  history.replaceState(null, "", address); // a reload keeps the language; no name ever goes there
  acts.send(trigger, { act: "language", value: language, language });
});
watch("value", sync);
sync();
