/* dns_load_follow.c — where names in RDATA lead. Loader process only. */
#include "services/dns/dns_load_follow.h"

#include "services/dns/dns_alias.h"
#include "services/dns/dns_lookup.h"

#include <string.h>

enum { CHAIN_MAX = 4 * DNS_ALIAS_MAX };

struct follower {
	const struct dns_zone *zone;
	struct dns_load_report *report;
};

/* The name of the record that TARGET is in, as text. */
static const char *
format_owner(const struct follower *follower,
    const struct dns_load_target *target, char text[DNS_NAME_TEXT_MAX])
{
	const struct dns_zone *zone = follower->zone;
	const struct dns_node *node = dns_zone_nth(zone, target->number);
	uint8_t name[DNS_NAME_MAX];

	memcpy(name, dns_node_spelling(node), node->name_len);
	memcpy(name + node->name_len, zone->name, zone->apex_len);
	return dns_name_format(name, text);
}

enum problem { ALIAS, MISSING, NO_ADDRESS, NO_GLUE, DANGLING, LOOP, LONG };

/* One line of it; each has its own limit of lines. */
static void
warn(const struct follower *follower, const struct dns_load_target *target,
    enum problem problem)
{
	struct dns_load_report *report = follower->report;
	unsigned file = target->rendered.record->file;
	unsigned line = target->rendered.record->line;
	char owner[DNS_NAME_TEXT_MAX], name[DNS_NAME_TEXT_MAX];
	char type[DNS_LOAD_REPORT_TYPE_MAX];

	dns_load_report_type(target->rendered.record->type, type);
	format_owner(follower, target, owner);
	dns_name_format(target->rendered.name, name);
	switch (problem) {
	case ALIAS:
		dns_load_report_warning(report, file, line,
		    "%s %s: %s is an alias; it must be the name that has the "
		    "addresses (RFC 2181 §10.3)",
		    owner, type, name);
		break;
	case MISSING:
		dns_load_report_warning(report, file, line,
		    "%s %s: %s does not exist in the zone; a record is "
		    "missing, or a final dot",
		    owner, type, name);
		break;
	case NO_ADDRESS:
		dns_load_report_warning(report, file, line,
		    "%s %s: %s has no address, neither A nor AAAA", owner, type,
		    name);
		break;
	case NO_GLUE:
		dns_load_report_warning(report, file, line,
		    "%s %s: %s lies in what it serves and has no address here: "
		    "without this glue nobody finds it (RFC 1034 §4.2.1)",
		    owner, type, name);
		break;
	case DANGLING:
		dns_load_report_warning(report, file, line,
		    "%s is an alias of %s, which does not exist in the zone; a "
		    "record is missing, or a final dot",
		    owner, name);
		break;
	case LOOP:
		dns_load_report_warning(report, file, line,
		    "%s is an alias that leads back to itself, by %s", owner,
		    name);
		break;
	case LONG:
		dns_load_report_warning(report, file, line,
		    "%s begins a chain of more than %d aliases, and that is "
		    "where the answer ends",
		    owner, DNS_ALIAS_MAX);
		break;
	}
}

static struct dns_lookup
look_up(const struct follower *follower, const struct dns_load_target *target)
{
	uint8_t lower[DNS_NAME_MAX];
	size_t len = dns_name_length(target->rendered.name);

	dns_name_lower(lower, target->rendered.name, len);
	return dns_lookup(follower->zone, lower, len, DNS_TYPE_A);
}

/* Warns once of a name that lacks something; where records could not be read,
 * these may be what it lacks. A name server that netlabd made up leads nowhere
 * (dns_load_made.h). */
static void
warn_of_name(struct follower *follower, const struct dns_load_target *target,
    enum problem problem)
{
	const uint8_t *name = target->rendered.name;

	if (!follower->report->is_incomplete &&
	    target->rendered.record->file != DNS_LOAD_REPORT_CONF &&
	    dns_load_report_is_first(
	        follower->report, name, dns_name_length(name)))
		warn(follower, target, problem);
}

/* The name is at or below the delegation CUT, and has no address there. */
static void
check_glue(struct follower *follower, const struct dns_load_target *target,
    const struct dns_node *cut)
{
	/* Elsewhere, the servers of that delegation can tell the address. */
	if (target->rendered.record->type == DNS_TYPE_NS &&
	    dns_zone_nth(follower->zone, target->number) == cut)
		warn_of_name(follower, target, NO_GLUE);
}

/* The name of a server or host: does it have an address? */
static void
check_host(struct follower *follower, const struct dns_load_target *target)
{
	const struct dns_node *node = target->node;

	/* Nearly all; and "." says that there is no such host (RFC 7505, RFC
	 * 2782). */
	if ((node != NULL && dns_node_has_address(node)) ||
	    target->rendered.name[0] == 0)
		return;
	struct dns_lookup found = look_up(follower, target);

	switch (found.kind) {
	case DNS_LOOKUP_NXDOMAIN:
		warn_of_name(follower, target, MISSING);
		break;
	case DNS_LOOKUP_REFERRAL:
		check_glue(follower, target, found.node);
		break;
	case DNS_LOOKUP_DNAME:
		warn(follower, target, ALIAS);
		break;
	case DNS_LOOKUP_DATA:
		if ((found.node->flags & DNS_NODE_CNAME) != 0)
			warn(follower, target, ALIAS);
		else if (!dns_node_has_address(found.node))
			warn_of_name(follower, target, NO_ADDRESS);
		break;
	}
}

/* The node that NODE is an alias of; NULL: none, or not in the zone. */
static const struct dns_node *
next(const struct dns_zone *zone, const struct dns_node *node)
{
	const struct dns_rrset *cname = dns_node_find(node, DNS_TYPE_CNAME);

	if (cname == NULL || cname->target_count == 0)
		return NULL;
	return dns_zone_node(zone, dns_rrset_targets(zone, cname)[0].node);
}

/* Of a circle's names, the first in the zone is told. */
static void
check_chain(struct follower *follower, const struct dns_load_target *target)
{
	const struct dns_node *start =
	    dns_zone_nth(follower->zone, target->number);
	const struct dns_node *node = target->node;
	bool is_first = true;
	unsigned links = 1;

	/* It may lead into a circle that it is no part of. */
	for (; node != NULL && node != start && links < CHAIN_MAX; links++) {
		if (node < start)
			is_first = false;
		node = next(follower->zone, node);
	}
	if (node == start && is_first)
		warn(follower, target, LOOP);
	else if (node == NULL && links > DNS_ALIAS_MAX + 1)
		warn(follower, target, LONG);
}

static void
check_alias(struct follower *follower, const struct dns_load_target *target)
{
	if (target->node != NULL) {
		if ((target->node->flags & DNS_NODE_CNAME) != 0)
			check_chain(follower, target);
	} else if (look_up(follower, target).kind == DNS_LOOKUP_NXDOMAIN) {
		warn_of_name(follower, target, DANGLING);
	}
}

void
dns_load_follow(const struct dns_zone *zone,
    const struct dns_load_targets *targets, struct dns_load_report *report)
{
	struct follower follower = {.zone = zone, .report = report};

	for (size_t i = 0; i < targets->count; i++) {
		const struct dns_load_target *target = &targets->list[i];
		const struct dns_node *owner =
		    dns_zone_nth(zone, target->number);

		/* Below a cut it is another zone's. */
		if ((owner->flags & DNS_NODE_OCCLUDED) != 0)
			continue;
		if (target->rendered.record->type == DNS_TYPE_CNAME)
			check_alias(&follower, target);
		else if (target->rendered.record->type == DNS_TYPE_NS ||
		         (owner->flags & DNS_NODE_DELEGATION) == 0)
			check_host(&follower, target);
	}
}
