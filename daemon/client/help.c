/* help.c — what netlab says about itself. */
#include "client/help.h"

#include "client/complain.h"
#include "client/options.h"
#include "client/verbs.h"
#include "core/version.h"

#include <stdio.h>
#include <string.h>

enum { NAME_WIDTH = 9, OPTION_WIDTH = 26 /* columns */ };

static void
list_verbs(FILE *out)
{
	fputs("usage: netlab VERB [OPTION …] [ARGUMENT …]\n\n", out);
	for (unsigned i = 0; i < verbs_count; i++)
		fprintf(out, "  %-*s %s\n", NAME_WIDTH, verbs[i]->name,
		    verbs[i]->summary);
	fputs("\nnetlab help VERB says more about one of them.\n", out);
}

int
help_usage(void)
{
	list_verbs(stderr);
	return VERB_USAGE;
}

int
help_version(void)
{
	puts("netlab " NETLABD_VERSION);
	return VERB_GOOD;
}

/* "-p, --port N", and what it does beside it, or beneath where that is too
 * long.
 */
static void
print_option(const struct options_row *row)
{
	const char *argument = row->argument == NULL ? "" : row->argument;
	const char *blank = *argument == '\0' || *argument == '[' ? "" : " ";
	char letter[] = {'-', (char)row->letter, ',', '\0'};
	int len = printf("  %-4s--%s%s%s", row->letter == 0 ? "" : letter,
	    row->name, blank, argument);

	if (len >= OPTION_WIDTH) {
		putchar('\n');
		len = 0;
	}
	printf("%*s%s\n", OPTION_WIDTH - len, "", row->help);
}

/* TEXT's lines behind INDENT, whatever they begin with and whether or not the
 * last one ends. */
static void
print_lines(const char *indent, const char *text)
{
	while (*text != '\0') {
		size_t blanks = *indent == '\0' ? 0 : strspn(text, " ");
		size_t len = strcspn(text + blanks, "\n");

		printf("%s%.*s\n", indent, (int)len, text + blanks);
		text += blanks + len;
		text += *text == '\n';
	}
}

int
help_print(char **names)
{
	if (names[0] == NULL) {
		list_verbs(stdout);
		return VERB_GOOD;
	}
	const struct verb *verb = verbs_find(names[0]);

	if (verb == NULL)
		return complain(
		    VERB_USAGE, "no verb \"%s\": try netlab help", names[0]);
	printf("usage: netlab %s [OPTION …]%s%s\n\n%s\n\n", verb->name,
	    *verb->usage == '\0' ? "" : " ", verb->usage, verb->summary);
	for (unsigned id = 0; id < OPTIONS_ID_COUNT; id++)
		if ((verb->options & OPTIONS_BIT(id)) != 0)
			print_option(&options_rows[id]);
	if (verb->help != NULL) {
		putchar('\n');
		print_lines("", verb->help);
	}
	if (verb->examples != NULL) {
		fputs("\nExamples:\n", stdout);
		print_lines("  ", verb->examples);
	}
	return VERB_GOOD;
}
