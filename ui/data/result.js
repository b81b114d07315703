// The result: copy, print, try again.
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
