// The key / goes to the search field, as long as nobody is writing. Without this script everything works but the key.
document.addEventListener('keydown', (event) => {
	if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return;
	const { target } = event;
	if (target instanceof HTMLElement && (target.isContentEditable || /^(input|textarea|select)$/i.test(target.tagName)))
		return;
	const field = document.getElementById('q');
	if (!field) return;
	event.preventDefault();
	field.focus();
	field.select();
});
