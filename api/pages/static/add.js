// Sends files one after the other, from a choice or a drop, and shows how far each is. The server takes care of the rest.
window.pgAdd = (() => {
  const queue = [];
  let sending = false;

  function row(list, name) {
    const item = document.createElement("li"), text = document.createElement("span"), bar = document.createElement("progress");
    text.textContent = name;
    bar.max = 1;
    bar.value = 0;
    bar.setAttribute("aria-label", name);
    item.append(text, bar);
    list.append(item);
    return { item, bar };
  }

  function next() {
    const job = queue.shift();
    sending = Boolean(job);
    if (!job) return;
    const request = new XMLHttpRequest(), form = new FormData();
    form.append("file", job.file, job.file.name);
    request.open("POST", job.url);
    request.upload.onprogress = (event) => { if (event.lengthComputable) job.bar.value = event.loaded / event.total; };
    request.onloadend = () => {
      if (request.status === 200) job.item.remove();
      else job.bar.replaceWith(job.failed);
      next();
    };
    request.send(form);
  }

  function take(zone, files) {
    const { url, largest, most, rejected } = zone.dataset, list = document.querySelector("[data-sending]");
    const good = [...files].filter((file) => file.size <= Number(largest)).slice(0, Number(most));
    const note = document.querySelector("[data-note]");
    note.textContent = good.length < files.length ? rejected : "";
    for (const file of good) queue.push({ file, url: (window.path_prefix ?? "") + url, failed: rejected, ...row(list, file.name) });
    if (!sending) next();
  }

  const zoneOf = (event) => event.target.closest?.("[data-drop]");
  document.addEventListener("change", (event) => {
    const zone = zoneOf(event);
    if (!zone) return;
    take(zone, event.target.files);
    event.target.value = "";
  });
  for (const kind of ["dragover", "dragleave", "drop"]) {
    document.addEventListener(kind, (event) => {
      const zone = zoneOf(event);
      if (kind !== "dragleave" && document.querySelector("[data-drop]")) event.preventDefault(); // a file that misses is not opened
      zone?.classList.toggle("ad-over", kind === "dragover");
      if (kind === "drop" && zone) take(zone, event.dataTransfer.files);
    });
  }
  return {};
})();
