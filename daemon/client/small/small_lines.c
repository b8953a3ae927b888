/* small_lines.c — what is said. */
#include "client/small/small_lines.h"

#include "client/complain.h"
#include "client/small/small.h"
#include "client/verb.h"

#include <errno.h>
#include <stdio.h>

static int
too_long(void)
{
	return complain(
	    VERB_USAGE, "a text is longer than %d bytes", (int)SMALL_TEXT_MAX);
}

/* The next line of standard input, 0: there is none; more than SMALL_TEXT_MAX:
 * it is longer than that. */
static size_t
read_line(uint8_t line[SMALL_TEXT_MAX + 1])
{
	size_t len = 0;

	while (len <= SMALL_TEXT_MAX) {
		int byte = getc(stdin);

		if (byte == EOF)
			break;
		line[len++] = (uint8_t)byte;
		if (byte == '\n')
			break;
	}
	return len;
}

int
small_lines(const char *text, int (*say)(void *context, struct span text),
    void *context)
{
	uint8_t line[SMALL_TEXT_MAX + 1];
	int result = VERB_GOOD;

	if (text != NULL)
		return strlen(text) > SMALL_TEXT_MAX
		           ? too_long()
		           : say(context, span_of(text));
	while (result == VERB_GOOD) {
		size_t len = read_line(line);

		if (len == 0)
			break;
		result = len > SMALL_TEXT_MAX
		             ? too_long()
		             : say(context, (struct span){line, len});
	}
	if (result == VERB_GOOD && ferror(stdin) != 0)
		return complain(
		    VERB_USAGE, "standard input: %s", strerror(errno));
	return result;
}
