/* dns_lecture.c — `netlab dns --lecture`. */
#include "client/dns/dns_lecture.h"

#include "client/dns/dns_data.h"
#include "client/dns/dns_verdict.h"
#include "client/verb.h"
#include "services/dns/dns_mnemonic.h"
#include "services/dns/dns_view.h"

#include <stdlib.h>
#include <string.h>

/* Without the final dot, but for the root's. */
static void
print_name(const struct screen *screen, struct span name)
{
	name.len -= name.len > 1 ? 1 : 0;
	fputs("> ", screen->out);
	screen_bytes(screen, STYLE_NAME, name);
	fputs(": ", screen->out);
}

static void
print_address(const struct screen *screen, struct span message,
    const struct dns_view_record *record)
{
	print_name(screen, dns_data_name(record));
	fputs("type A, class IN, TTL ", screen->out);
	screen_print(screen, STYLE_TTL, "%u", record->ttl);
	fputs(", addr (", screen->out);
	screen_print(screen, STYLE_LENGTH, "%zu", record->data_len);
	fputs(") ", screen->out);
	screen_bytes(screen, STYLE_DATA, dns_data_text(message, record));
	fputc('\n', screen->out);
}

/* The addresses of the response; false: there are none. */
static bool
print_addresses(const struct screen *screen, struct span message)
{
	struct dns_view view = dns_view_open(message);
	struct dns_view_record record;
	bool is_any = false;

	while (dns_view_next(&view, &record))
		if (record.section == DNS_VIEW_ANSWER &&
		    record.type == DNS_TYPE_A && record.class == DNS_CLASS_IN) {
			print_address(screen, message, &record);
			is_any = true;
		}
	return is_any;
}

static int
answer(struct dns_ask *ask, const struct screen *screen, const char *name)
{
	struct dns_view_edns edns;
	char text[DNS_MNEMONIC_MAX];
	unsigned rcode;
	int result = dns_ask(ask);

	if (result != VERB_GOOD)
		return result;
	if (!print_addresses(screen, ask->reply) &&
	    dns_view_check(ask->reply, &edns, &rcode) == NULL) {
		fputs("> ", screen->out);
		screen_bytes(screen, STYLE_NAME, span_of(name));
		fprintf(screen->out, ": %s (%s)\n",
		    rcode == DNS_RCODE_NOERROR
		        ? "there is no address"
		        : dns_mnemonic_rcode_meaning(rcode),
		    dns_mnemonic_rcode(rcode, text));
	}
	return dns_verdict(ask);
}

/* LINE without blanks around it. */
static char *
trim(char *line)
{
	static const char blanks[] = " \t\r\n";

	line += strspn(line, blanks);
	for (size_t len = strlen(line);
	     len > 0 && strchr(blanks, line[len - 1]) != NULL; len--)
		line[len - 1] = '\0';
	return line;
}

/* The next name, in LINE; NULL: there is none. */
static char *
read_name(const struct screen *screen, char **line, size_t *cap)
{
	fputs("Enter Domain Name: ", screen->out);
	fflush(screen->out);
	if (getline(line, cap, stdin) == -1) {
		fputc('\n', screen->out);
		return NULL;
	}
	char *name = trim(*line);

	return strcmp(name, "end") == 0 || strcmp(name, "exit") == 0 ? NULL
	                                                             : name;
}

int
dns_lecture(
    struct dns_ask *ask, struct dns_task *task, const struct screen *screen)
{
	char *line = NULL, *name;
	size_t cap = 0;
	int worst = VERB_GOOD;

	while ((name = read_name(screen, &line, &cap)) != NULL) {
		if (*name == '\0')
			continue;
		int result = dns_task_read_name(task, name);

		if (result == VERB_GOOD)
			result = answer(ask, screen, name);
		worst = result > worst ? result : worst;
	}
	fputs("Session ended\n", screen->out);
	free(line);
	return worst;
}
