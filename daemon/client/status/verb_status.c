/* verb_status.c — `netlab status`: what the daemon here does. */
#include "client/complain.h"
#include "client/status/status_ask.h"
#include "client/status/status_watch.h"
#include "client/verbs.h"

#ifndef SYSCONFDIR
#define SYSCONFDIR "/etc"
#endif

static int
run(const struct options *options, char **arguments)
{
	char pidfile[SETTINGS_PATH_MAX];
	const char *file = options->config == NULL ? SYSCONFDIR "/netlabd.conf"
	                                           : options->config;

	(void)arguments;
	if (options->count != 0 && options->watch_ms == 0)
		return complain(VERB_USAGE, "--count goes with --watch");
	int status = status_ask_pidfile(file, pidfile);

	if (status != VERB_GOOD)
		return status;
	return options->watch_ms == 0 ? status_watch_once(options, pidfile)
	                              : status_watch(options, pidfile);
}

const struct verb verb_status = {
    .name = "status",
    .usage = "",
    .summary = "what the daemon here does: workers, sockets, counters",
    .help =
        "Finds netlabd by the pidfile that its configuration names, and asks\n"
        "it; only root and the daemon's own user may. Counters are since its\n"
        "start: each datagram and request that was received has ended in one\n"
        "of those in the lines beneath its service, of which those that are\n"
        "zero are left out; netlabd(8) says what they mean. RESTARTS are of\n"
        "workers that had died.\n"
        "\n"
        "--watch looks again and again, until Ctrl-C or N looks (--count),\n"
        "and says how many there were a second since the look before. It goes\n"
        "on over reloads and restarts of netlabd, and says so.\n"
        "\n"
        "Exit status: 0 it runs; 1 no such configuration, or you may not ask;\n"
        "2 it could not tell; 9 it does not run, or gives no answer; 10 the\n"
        "answer is none.\n",
    .examples =
        "  netlab status\n"
        "  netlab status --config etc/demo.conf --watch=1\n"
        "  netlab status --json | jq '.services[] | {name, received}'\n",
    .options = OPTIONS_BIT(OPTIONS_CONFIG) | OPTIONS_BIT(OPTIONS_WATCH) |
               OPTIONS_BIT(OPTIONS_COUNT) | OPTIONS_BIT(OPTIONS_JSON) |
               OPTIONS_BIT(OPTIONS_COLOR) | OPTIONS_BIT(OPTIONS_TIMEOUT),
    .least = 0,
    .most = 0,
    .run = run,
};
