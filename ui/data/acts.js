// Acts go to the server one after the other, in the order in which a person did them: two requests that are under way
// together can overtake each other. Until the answer to the last one is here, the result on the page is marked.
const acts = (window.medinfoActs ??= (() => {
  const PATIENCE = 15000; // longer than the server waits for the API
  const waiting = [];
  let busy = true; // until the page is filled for the first time
  let timer = setTimeout(() => next(), PATIENCE);
  const mark = () => document.getElementById("result-panel")?.classList.toggle("pending", waiting.length > 0 || busy);
  const next = () => {
    clearTimeout(timer);
    const [trigger, act] = waiting.shift() ?? [];
    busy = act !== undefined;
    if (!busy) return;
    timer = setTimeout(next, PATIENCE);
    trigger("act", act);
  };
  return {
    send(trigger, act) {
      waiting.push([trigger, { ...act, language: act.language ?? document.documentElement.lang }]);
      if (!busy) next();
      mark();
    },
    answered() {
      next();
      mark();
    },
  };
})());

// Copies what stands in the panel's own field for it.
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
