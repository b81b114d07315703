// The list: buttons and fields of a line say which line they belong to; the server holds the list.
const send = (act, line, value) => acts.send(trigger, { act, line, value });
const number = (target) => (target.dataset.line === undefined ? null : Number(target.dataset.line));

element.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-act]");
  if (button) send(button.dataset.act, number(button), button.dataset.value ?? "");
});

element.addEventListener("change", (event) => {
  if (event.target.matches("select[data-act], input[data-act]")) {
    send(event.target.dataset.act, number(event.target), event.target.value);
  }
});

element.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.matches("input[data-act]")) event.target.blur();
});

// Route and dose stay open while a person fills them in.
const opened = new Set();
element.addEventListener("toggle", (event) => {
  const line = number(event.target);
  if (event.target.open) opened.add(line);
  else if (event.target.isConnected && !renewing) opened.delete(line);
}, true);
let renewing = false;

// What stands in a field is what the server holds, also after lines have moved up.
watch("value", () => {
  renewing = true;
  element.querySelectorAll("details[data-line]").forEach((details) => { details.open = opened.has(number(details)); });
  setTimeout(() => { renewing = false; }, 50); // the browser tells of closing and opening a moment later
  element.querySelectorAll("select[data-act], input[data-act]").forEach((field) => {
    if (field !== document.activeElement || field.tagName === "SELECT") field.value = field.dataset.value;
  });
  if (document.activeElement === document.body) document.getElementById("medicine")?.focus({ preventScroll: true });
});
