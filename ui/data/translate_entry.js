// The form of the translation. What a person typed stays when the panel is drawn anew in another language.
const LOOK = 1000;
const kept = {};
let running = null;

const find = (selector) => element.querySelector(selector);
const say = (text) => { find(".said").textContent = text; };
const fields = ["translate-text", "translate-from", "translate-to", "translate-glossary"];
const language = () => document.documentElement.lang;

const wish = () => ({
  text: find("#translate-text").value,
  source: find("#translate-from").value,
  target: find("#translate-to").value,
  glossary: find("#translate-glossary")?.value ?? "",
  strict: find("#translate-strict").checked,
});

const restore = () => {
  fields.forEach((id) => {
    const field = find(`#${id}`);
    if (!field) return;
    const wanted = kept[id] ?? field.dataset.value ?? field.value;
    field.value = wanted;
    if (field.tagName === "SELECT" && field.value !== wanted) field.selectedIndex = 0; // it is no longer there
  });
  if (find("#translate-strict") && "strict" in kept) find("#translate-strict").checked = kept.strict;
};

const translate = () => {
  const asked = wish();
  const told = find(".said").dataset;
  if (!asked.text.trim()) { say(told.empty); find("#translate-text").focus(); return; }
  if (asked.source && asked.source === asked.target) { say(told.same); return; }
  say(told.working);
  find("[data-do=translate]").disabled = true;
  document.getElementById("translation-panel")?.classList.add("pending");
  trigger("act", { act: "translate", value: asked, language: language() });
};

const show = (job) => {
  const bar = find("progress");
  const busy = job.state === "waiting" || job.state === "running";
  find(".file-said").textContent = job.message;
  bar.hidden = !busy;
  bar.max = job.total || 1;
  bar.value = job.done || 0;
  find("[data-do=file]").disabled = busy;
  find("[data-do=stop]").hidden = !busy;
  const link = find(".download");
  link.hidden = job.state !== "done";
  if (job.state === "done") { link.href = job.result; link.setAttribute("download", ""); }
  return busy;
};

const follow = async (id, stop) => {
  const job = await server.follow({ id, stop, language: language() }).catch(() => null);
  if (running !== id) return;
  if (job === null || show(job)) setTimeout(() => { if (running === id) follow(id, false); }, LOOK);
  else running = null;
};

const read = (file) => new Promise((resolve, reject) => {
  const reader = new FileReader();
  reader.onload = () => resolve(String(reader.result).split(",")[1] ?? "");
  reader.onerror = () => reject(reader.error);
  reader.readAsDataURL(file);
});

const send = async () => {
  const said = find(".file-said");
  const [file] = find("#translate-file").files;
  if (!file) { find("#translate-file").focus(); return; }
  if (file.size > Number(said.dataset.most)) { said.textContent = said.dataset.too_large ?? said.dataset.tooLarge; return; }
  find("[data-do=file]").disabled = true;
  find(".download").hidden = true;
  said.textContent = said.dataset.sent;
  try {
    const job = await server.send_file({ name: file.name, content: await read(file), wish: wish(), language: language() });
    running = job.id ?? null;
    if (show(job)) follow(job.id, false);
  } catch {
    show({ state: "failed", message: said.dataset.failed });
  }
};

element.addEventListener("input", (event) => {
  if (fields.includes(event.target.id)) kept[event.target.id] = event.target.value;
  if (event.target.id === "translate-strict") kept.strict = event.target.checked;
});
element.addEventListener("keydown", (event) => {
  if (event.target.id === "translate-text" && event.key === "Enter" && (event.ctrlKey || event.metaKey)) translate();
});
element.addEventListener("click", (event) => {
  const act = event.target.closest("[data-do]")?.dataset.do;
  if (act === "translate") translate();
  if (act === "file") send();
  if (act === "stop" && running) follow(running, true);
});
document.addEventListener("medinfo-translated", () => {
  const button = find("[data-do=translate]");
  if (!button) return;
  button.disabled = false;
  say("");
});
watch("value", restore);
restore();
