import { Writer } from './writer.browser.ts';

const place = document.querySelector<HTMLElement>('#writing');
if (place) new Writer(place, JSON.parse(place.dataset.draft ?? '{}')).begin();
