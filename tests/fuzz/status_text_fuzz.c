/*
 * status_text_fuzz.c — whatever somebody who sits where the daemon should says
 * of it: read within its bounds, and printed without steering the terminal.
 */
#include "client/status/status_json.h"
#include "client/status/status_table.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct status_text before, now;

static void
check(bool is_true)
{
	if (!is_true)
		abort();
}

static void
check_printed(const struct status_view *view)
{
	char *text = NULL;
	size_t len = 0;
	struct screen screen = {.width = SCREEN_WIDTH};

	screen.out = open_memstream(&text, &len);
	check(screen.out != NULL);
	status_table(&screen, view);
	check(fclose(screen.out) == 0);
	for (size_t i = 0; i < len; i++)
		check((uint8_t)text[i] >= ' ' || text[i] == '\n' ||
		      text[i] == '\t');
	free(text);
}

/* Two texts, one after the other, as a watch reads them. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char last[] = "\n" STATUS_LAST "\n";
	const uint8_t *end = memmem(data, size, last, strlen(last));
	size_t first = end == NULL ? size : (size_t)(end - data) + strlen(last);
	struct status_view view;

	if (!status_text_read((struct span){data, first}, &before))
		return 0;
	status_view_make(&view, &before, NULL);
	check_printed(&view);
	if (status_text_read((struct span){data + first, size - first}, &now)) {
		status_view_make(&view, &now, &before);
		check_printed(&view);
		json_decref(status_json(&view));
	}
	return 0;
}
