const form = document.getElementById("login");
const answer = document.getElementById("answer");

form.addEventListener("submit", async event => {
  event.preventDefault();
  answer.textContent = "";
  try {
    const response = await fetch("/api/v1/session", {
      method: "POST",
      headers: {"Content-Type": "application/json"},
      body: JSON.stringify({token: form.token.value}),
    });
    if (response.ok) {
      location.replace("/");
    } else {
      answer.textContent = (await response.json()).detail;
    }
  } catch (error) {
    answer.textContent = "The server does not answer; try again.";
  }
});
