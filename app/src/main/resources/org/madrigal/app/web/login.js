import { Problem, post } from './ask.js';

const form = document.getElementById('login');
const token = document.getElementById('token');
const wrong = document.getElementById('wrong');

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  if (!token.value.trim()) {
    refuse('Enter the token that the administrator of this node gave you.');
    return;
  }
  try {
    await post('/session', { token: token.value.trim() });
    location.replace('/' + location.hash);
  } catch (problem) {
    refuse(problem instanceof Problem ? problem.message : 'The node does not answer.');
  }
});

function refuse(sentence) {
  wrong.textContent = sentence;
  token.setAttribute('aria-invalid', 'true');
  token.focus();
  token.select();
}
