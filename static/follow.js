// Two comforts of the library, none of which a page needs: `/` goes to the search, and the outline says where the reader is.
// The pages are whole without it.
const OFF = 'city-compact-slash';
const box = document.getElementById('q');
const keys = document.querySelector('[data-slash]');

function stored() {
	try {
		return localStorage.getItem(OFF);
	} catch {
		return null;
	}
}

/** Characters alone must be possible to turn off: speech input types them (WCAG 2.1.4). */
let slash = stored() === null;
if (keys) {
	const button = keys.querySelector('button');
	const say = () => {
		button.textContent = slash ? button.dataset.off : button.dataset.on;
	};
	keys.hidden = false;
	say();
	button.addEventListener('click', () => {
		slash = !slash;
		try {
			if (slash) localStorage.removeItem(OFF);
			else localStorage.setItem(OFF, '1');
		} catch {
			// Without storage the choice holds for this page.
		}
		say();
	});
}
document.addEventListener('keydown', (event) => {
	if (event.key !== '/' || !slash || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
	const at = event.target;
	if (at instanceof HTMLElement && (at.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName))) return;
	const search = document.querySelector('link[rel=search]');
	if (!box && !search) return;
	event.preventDefault();
	if (box) {
		box.focus();
		box.select();
	} else location.href = search.href;
});
if (box && location.hash === '#q') box.focus();

const links = new Map(
	[...document.querySelectorAll('.outline ol a')].map((link) => [decodeURIComponent(link.hash.slice(1)), link]),
);
if (links.size > 0 && 'IntersectionObserver' in window) {
	const heads = [...document.querySelectorAll('.prov[id]')].filter((row) => links.has(row.id));
	const seen = new Set();
	let current = null;
	const follow = () => {
		const first = heads.find((row) => seen.has(row)) ?? null;
		if (!first || first === current) return;
		if (current) links.get(current.id).removeAttribute('aria-current');
		current = first;
		const link = links.get(first.id);
		link.setAttribute('aria-current', 'true');
		const list = link.closest('.outline');
		// Only the outline is moved, never the page.
		if (getComputedStyle(list).position !== 'sticky') return;
		const [top, bottom] = [link.offsetTop, link.offsetTop + link.offsetHeight];
		if (top < list.scrollTop || bottom > list.scrollTop + list.clientHeight)
			list.scrollTop = top - list.clientHeight / 2;
	};
	const watcher = new IntersectionObserver(
		(entries) => {
			for (const { target, isIntersecting } of entries) seen[isIntersecting ? 'add' : 'delete'](target);
			follow();
		},
		{ rootMargin: '-8% 0px -60% 0px' },
	);
	for (const row of heads) watcher.observe(row);
}
