// The result: copy, print, try again.
const copy = async (button) => {
  const source = element.querySelector(".copy-source");
  let done = true;
  try {
    await navigator.clipboard.writeText(source.value);
  } catch {
    source.select(); // without a secure context there is no clipboard interface
    done = document.execCommand("copy");
    button.focus();
  }
  const label = button.textContent;
  button.textContent = done ? button.dataset.done : button.dataset.failed;
  setTimeout(() => { if (button.isConnected) button.textContent = label; }, 1600);
};

element.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  if (button.dataset.do === "copy") copy(button);
  if (button.dataset.do === "jump") element.scrollIntoView({ block: "start" });
  if (button.dataset.do === "print") window.print();
  if (button.dataset.act === "retry") acts.send(trigger, { act: "retry", value: "" });
});

watch("value", () => acts.answered());
if (element.querySelector(".result")) acts.answered();

new IntersectionObserver(([seen]) => { element.classList.toggle("in-sight", seen.isIntersecting); }).observe(element);

window.addEventListener("beforeprint", () => {
  document.querySelectorAll(".result details").forEach((details) => { details.open = true; });
});
