import { showLeft } from './left.browser.ts';
import { Writer } from './writer.browser.ts';

const place = document.querySelector<HTMLElement>('#writing');
if (place) new Writer(place, JSON.parse(place.dataset.draft ?? '{}')).begin();
const left = document.querySelector<HTMLElement>('#write-left');
if (left) showLeft(left, JSON.parse(left.dataset.left ?? '{}'));
