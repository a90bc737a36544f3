const form = document.querySelector("form"), says = document.querySelector("output");
form.addEventListener("submit", async event => {
  event.preventDefault();
  const token = new URLSearchParams(location.hash.slice(1)).get("token") ?? "";
  const { email, password } = Object.fromEntries(new FormData(form));
  const answer = await fetch("api/auth/setup", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ token, email, password }),
  }).catch(() => null);
  if (answer?.ok) {
    history.replaceState(null, "", location.pathname);
    form.hidden = true;
    document.querySelector("section").hidden = false;
    return;
  }
  const problem = await answer?.json().catch(() => null);
  const details = (problem?.errors ?? []).map(e => e.pointer.slice(1) + " " + e.detail);
  says.textContent = [problem?.detail ?? form.dataset.silent, ...details].join("; ");
});
