/* zone_lines.h — a zone's text from the lines that a header keeps. */
#ifndef TESTS_ZONE_LINES_H
#define TESTS_ZONE_LINES_H

#include <stdlib.h>
#include <string.h>

static inline size_t
zone_lines_copy(const char *const *lines, char *text)
{
	size_t used = 0;

	for (; *lines != NULL; lines++) {
		size_t len = strlen(*lines);

		if (text != NULL)
			memcpy(text + used, *lines, len);
		used += len;
	}
	return used;
}

/* LINES, an array that ends in NULL, and MORE lines, where that is not NULL
 * itself, as one text; to be freed. */
static inline char *
zone_lines_text(const char *const *lines, const char *const *more)
{
	static const char *const none[] = {NULL};

	if (more == NULL)
		more = none;
	size_t len = zone_lines_copy(lines, NULL);
	size_t more_len = zone_lines_copy(more, NULL);
	char *text = malloc(len + more_len + 1);

	if (text == NULL)
		abort();
	zone_lines_copy(lines, text);
	zone_lines_copy(more, text + len);
	text[len + more_len] = '\0';
	return text;
}

#endif
