// The translation: copy it, correct a segment and approve it.
const panel = () => document.getElementById("translation-panel") ?? element;
element.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  if (button.dataset.do === "copy") copy(button);
  if (button.dataset.do === "approve") {
    const segment = button.closest("[data-segment]");
    button.disabled = true;
    panel().classList.add("pending");
    trigger("act", {
      act: "approve",
      segment: Number(segment.dataset.segment),
      value: segment.querySelector(".correct textarea").value,
      confirm: "confirm" in button.dataset,
      language: document.documentElement.lang,
    });
  }
});

watch("value", () => {
  panel().classList.remove("pending");
  document.dispatchEvent(new Event("medinfo-translated"));
});
