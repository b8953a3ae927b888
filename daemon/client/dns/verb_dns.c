/* verb_dns.c — `netlab dns`: ask a DNS server. */
#include "client/complain.h"
#include "client/dns/dns_ask.h"
#include "client/dns/dns_fetch.h"
#include "client/dns/dns_json.h"
#include "client/dns/dns_lecture.h"
#include "client/dns/dns_print.h"
#include "client/dns/dns_verdict.h"
#include "client/verbs.h"

static int
show(struct dns_ask *ask, const struct screen *screen)
{
	const struct options *options = &ask->task->options;

	if (options->is_json)
		return dns_json_print(ask);
	if (ask->exchange->count > 0)
		fputc('\n', screen->out);
	if (options->is_short)
		dns_print_short(screen, ask->reply);
	else
		dns_print_response(screen, ask);
	return VERB_GOOD;
}

static int
look_up(struct dns_ask *ask, const struct screen *screen)
{
	int result = dns_ask(ask);

	if (result == VERB_GOOD)
		result = show(ask, screen);
	return result == VERB_GOOD ? dns_verdict(ask) : result;
}

static int
run(const struct options *options, char **arguments)
{
	struct dns_task task;
	struct dns_ask ask;
	struct screen screen;
	struct exchange exchange;
	int result = dns_task_read(&task, options, arguments);

	if (result != VERB_GOOD)
		return result;
	screen_open(&screen, &task.options);
	exchange_open(&exchange, &task.options, &screen);
	result = dns_ask_open(&ask, &task, &exchange);
	if (result != VERB_GOOD)
		;
	else if (options_has(&task.options, OPTIONS_LECTURE))
		result = dns_lecture(&ask, &task, &screen);
	else if (task.type == DNS_TYPE_AXFR || task.type == DNS_TYPE_IXFR)
		result = dns_fetch(&ask, &screen);
	else
		result = look_up(&ask, &screen);
	exchange_end(&exchange, NULL);
	return result;
}

static const char help[] =
    "NAME, TYPE (A), CLASS (IN) and @SERVER come in any order: what is a\n"
    "type or a class is taken for that. TYPE is a mnemonic or TYPE123; AXFR,\n"
    "and IXFR=SERIAL, fetch a zone by TCP. @SERVER is HOST or HOST:PORT;\n"
    "without it, the servers of /etc/resolv.conf are asked in turn. A\n"
    "truncated answer (TC) is asked for again by TCP, unless --udp or\n"
    "--no-retry is given.\n"
    "\n"
    "Records are printed as a master file has them, all else as its\n"
    "comments. Signatures are shown, not validated. No such name (NXDOMAIN)\n"
    "and no data are good answers, unless --fail is given.\n"
    "\n"
    "Of dig's flags, these are known: +[no]tcp +[no]short +[no]json\n"
    "+[no]dnssec +[no]nsid +[no]ignore +[no]edns +[no]recurse +[no]cookie\n"
    "+bufsize=N +time=S.\n";

static const char examples[] =
    "  netlab dns google.com @127.0.0.1:10053\n"
    "  netlab dns mx netlab.test @127.0.0.1:10053 --short\n"
    "  netlab dns google.com @127.0.0.1:10053 --hex --no-edns\n"
    "  netlab dns www.netlab.test aaaa @127.0.0.1:10053 --explain\n"
    "  netlab dns -x 192.0.2.25 @127.0.0.1:10053\n"
    "  netlab dns ch txt version.server @127.0.0.1:10053\n"
    "  netlab dns --lecture @127.0.0.1:10053\n";

const struct verb verb_dns = {
    .name = "dns",
    .usage = "NAME [TYPE] [CLASS] [@SERVER] [+FLAG …]",
    .summary = "ask a DNS server",
    .help = help,
    .examples = examples,
    .options = OPTIONS_OF_HOSTS | OPTIONS_OF_WIRE | OPTIONS_OF_TRANSPORT |
               OPTIONS_BIT(OPTIONS_SHORT) | OPTIONS_BIT(OPTIONS_FAIL) |
               OPTIONS_BIT(OPTIONS_SEED) | OPTIONS_BIT(OPTIONS_REVERSE) |
               OPTIONS_BIT(OPTIONS_DNSSEC) | OPTIONS_BIT(OPTIONS_NSID) |
               OPTIONS_BIT(OPTIONS_BUFSIZE) | OPTIONS_BIT(OPTIONS_NO_EDNS) |
               OPTIONS_BIT(OPTIONS_NO_RECURSE) | OPTIONS_BIT(OPTIONS_NO_RETRY) |
               OPTIONS_BIT(OPTIONS_CLASS) | OPTIONS_BIT(OPTIONS_LECTURE),
    .least = 0, /* --lecture reads the names */
    .most = 32,
    .run = run,
};
