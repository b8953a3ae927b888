/* dns_verdict.c — how a response ends `netlab dns`. */
#include "client/dns/dns_verdict.h"

#include "client/complain.h"
#include "client/verb.h"
#include "services/dns/dns_mnemonic.h"
#include "services/dns/dns_view.h"

/* A record of the type that was asked for, whatever aliases led to it. */
static bool
has_data(struct span message, uint16_t type)
{
	struct dns_view view = dns_view_open(message);
	struct dns_view_record record;

	while (dns_view_next(&view, &record))
		if (record.section == DNS_VIEW_ANSWER &&
		    (record.type == type || type == DNS_TYPE_ANY))
			return true;
	return false;
}

int
dns_verdict(const struct dns_ask *ask)
{
	bool fails = ask->task->options.fails;
	struct dns_view_edns edns;
	char text[DNS_MNEMONIC_MAX];
	unsigned rcode;
	const char *fault = dns_view_check(ask->reply, &edns, &rcode);

	if (fault != NULL)
		return complain(VERB_MALFORMED,
		    "%s: the response is malformed: %s", ask->server, fault);
	if (rcode == DNS_RCODE_NXDOMAIN && !fails)
		return VERB_GOOD;
	if (rcode != DNS_RCODE_NOERROR)
		return complain(VERB_NEGATIVE, "%s: %s: %s", ask->server,
		    dns_mnemonic_rcode(rcode, text),
		    dns_mnemonic_rcode_meaning(rcode));
	if (fails && !has_data(ask->reply, ask->task->type))
		return complain(VERB_NEGATIVE, "%s: no data: there is no %s",
		    ask->server, dns_mnemonic_type(ask->task->type, text));
	return VERB_GOOD;
}
