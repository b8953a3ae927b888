/* master_refusal.c — addresses that the kernel refuses us. */
#include "master/master_refusal.h"

#include "master/master_refusal_why.h"
#include "master/master_socket.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

enum {
	LINES_MAX = 32, /* that are told; a configuration has some ten */
	PORT_PRIVILEGED = 1024,
};

/* What is told of one address: udp and tcp together where all else is the same.
 */
struct line {
	const struct settings_listen *listen;
	bool has_transport[2];
	char why[MASTER_REFUSAL_WHY_TEXT];
};

struct lines {
	size_t count, left_out;
	struct line list[LINES_MAX];
};

static void
add_line(void *context, const struct settings_listen *listen, const char *why)
{
	struct lines *lines = context;
	struct line *line = NULL;

	for (size_t i = 0; i < lines->count && line == NULL; i++)
		if (lines->list[i].listen->line == listen->line &&
		    addr_is_equal(
		        &lines->list[i].listen->addr, &listen->addr) &&
		    strcmp(lines->list[i].why, why) == 0)
			line = &lines->list[i];
	if (line == NULL && lines->count == LINES_MAX) {
		lines->left_out++;
		return;
	}
	if (line == NULL) {
		line = &lines->list[lines->count++];
		*line = (struct line){.listen = listen};
		snprintf(line->why, sizeof(line->why), "%s", why);
	}
	line->has_transport[listen->transport] = true;
}

/* What can be done about CODE; "": nothing that is known. */
static const char *
hint_of(int code, const struct addr *addr)
{
	if (code == EACCES && addr_port(addr) < PORT_PRIVILEGED)
		return ": a port below 1024 needs a start as root, or "
		       "CAP_NET_BIND_SERVICE, or sysctl "
		       "net.ipv4.ip_unprivileged_port_start; or take a port "
		       "above here";
	if (code == EADDRNOTAVAIL)
		return ": no interface of this host has it";
	if (code == EAFNOSUPPORT && addr->any.sa_family == AF_INET6)
		return ": this host has no IPv6; leave out the address here";
	return "";
}

static void
add_failure(struct lines *lines, const struct settings *settings,
    const struct master_listen_failure *failure)
{
	const struct settings_listen *listen =
	    &settings->listens[failure->listen];
	char why[MASTER_REFUSAL_WHY_TEXT];

	if (failure->code == EADDRINUSE) {
		master_refusal_why_tell(listen, add_line, lines);
		return;
	}
	snprintf(why, sizeof(why), "%s%s", strerror(failure->code),
	    hint_of(failure->code, &listen->addr));
	add_line(lines, listen, why);
}

static const char *
transports(const struct line *line)
{
	if (line->has_transport[TRANSPORT_UDP] &&
	    line->has_transport[TRANSPORT_TCP])
		return "udp and tcp";
	return master_socket_transport_name(
	    line->has_transport[TRANSPORT_UDP] ? TRANSPORT_UDP : TRANSPORT_TCP);
}

void
master_refusal_tell(const struct settings *settings,
    const struct master_listen_error *error,
    void (*tell)(void *context, bool is_error, const char *line), void *context)
{
	char address[ADDR_TEXT_MAX],
	    text[SETTINGS_PATH_MAX + MASTER_REFUSAL_WHY_TEXT + 128];
	struct lines lines = {.count = 0};

	for (size_t i = 0; i < error->count; i++)
		add_failure(&lines, settings, &error->list[i]);
	for (size_t i = 0; i < lines.count; i++) {
		const struct line *line = &lines.list[i];

		snprintf(text, sizeof(text), "%s:%u: %s (%s): %s",
		    settings->file, (unsigned)line->listen->line,
		    addr_format(&line->listen->addr, address), transports(line),
		    line->why);
		tell(context, true, text);
	}
	if (lines.left_out > 0) {
		snprintf(text, sizeof(text), "%s: %zu more of these",
		    settings->file, lines.left_out);
		tell(context, true, text);
	}
}

void
master_refusal_brief(const struct settings *settings,
    const struct master_listen_error *error, char *text, size_t cap)
{
	const struct master_listen_failure *first = &error->list[0];
	const struct settings_listen *listen =
	    &settings->listens[first->listen];
	char address[ADDR_TEXT_MAX], more[40] = "";

	if (error->count > 1)
		snprintf(
		    more, sizeof(more), " (and %zu more)", error->count - 1);
	snprintf(text, cap, "%s:%u: %s (%s): %s%s", settings->file,
	    (unsigned)listen->line, addr_format(&listen->addr, address),
	    master_socket_transport_name((enum transport)listen->transport),
	    strerror(first->code), more);
}

bool
master_refusal_may_pass(const struct master_listen_error *error)
{
	for (size_t i = 0; i < error->count; i++)
		if (error->list[i].code != EADDRINUSE &&
		    error->list[i].code != EADDRNOTAVAIL)
			return false;
	return true;
}

int
master_refusal_exit_status(const struct master_listen_error *error)
{
	for (size_t i = 0; i < error->count; i++)
		if (error->list[i].code == EADDRINUSE ||
		    error->list[i].code == EACCES ||
		    error->list[i].code == EAFNOSUPPORT)
			return MASTER_EXIT_CONFIG;
	return 1;
}
