/* dns_load_prove.c — what proves a node in an NSEC3 zone. Loader process only.
 */
#include "services/dns/dns_load_prove.h"

#include "services/dns/dns_dnssec.h"
#include "services/dns/dns_nsec3.h"

#include <string.h>

static bool
is_opt_out(const struct dns_load_record *nsec3)
{
	struct span rdata = {dns_load_record_rdata(nsec3), nsec3->length};
	unsigned flags = dns_dnssec_nsec3(DNS_TYPE_NSEC3, rdata).flags;

	return (flags & DNS_NSEC3_OPT_OUT) != 0;
}

/* The link that matches or covers NAME, LEN bytes. A name that is too long
 * does not exist, nor do those below it. */
static uint32_t
find(struct dns_load_chain *chain, const uint8_t *name, size_t len,
    bool *is_match)
{
	uint8_t hash[DNS_NSEC3_HASH_SIZE];

	*is_match = false;
	if (len > DNS_NAME_MAX)
		return DNS_NODE_UNPROVEN;
	if (!dns_nsec3_hash(chain->digest, name, len, chain->iterations,
	        chain->salt, hash)) {
		chain->has_failed = true;
		return DNS_NODE_UNPROVEN;
	}
	return dns_nsec3_find(chain->links, chain->count, hash, is_match);
}

/* Tells that NODE, called NAME, has no NSEC3 but LINK that covers it, unless
 * that opts out: unsigned delegations need none then, nor do the empty
 * non-terminals that only they make (§7.1). */
static void
tell_missing(const struct dns_load_chain *chain, const struct dns_node *node,
    const uint8_t *name, uint32_t link, const struct dns_load_record *record)
{
	bool is_delegation = (node->flags & DNS_NODE_DELEGATION) != 0 &&
	                     dns_node_find(node, DNS_TYPE_DS) == NULL;
	char text[DNS_NAME_TEXT_MAX];

	if (is_delegation || (node->flags & DNS_NODE_EMPTY) != 0) {
		if (is_opt_out(chain->sources[link].record))
			return;
	}
	dns_load_report_warning(chain->report, record->file, record->line,
	    "%s has no NSEC3", dns_name_format(name, text));
}

void
dns_load_prove(struct dns_load_chain *chain, const struct dns_zone *zone,
    const struct dns_node *node, const struct dns_node_proof *parent,
    const struct dns_load_record *record, struct dns_node_proof *out)
{
	enum { WILDCARD = 2 };
	uint8_t name[WILDCARD + DNS_NAME_MAX] = {1, '*'};
	size_t len = (size_t)node->name_len + zone->apex_len;
	bool is_match, is_wildcard;

	memcpy(name + WILDCARD, dns_node_name(node), node->name_len);
	memcpy(name + WILDCARD + node->name_len, zone->name, zone->apex_len);
	uint32_t link = find(chain, name + WILDCARD, len, &is_match);

	*out = (struct dns_node_proof){
	    .match = is_match ? link : DNS_NODE_UNPROVEN,
	    .wildcard = find(chain, name, WILDCARD + len, &is_wildcard),
	    .encloser = is_match ? link : DNS_NODE_UNPROVEN,
	    .next_closer = DNS_NODE_UNPROVEN,
	};
	if (is_match || link == DNS_NODE_UNPROVEN)
		return;
	tell_missing(chain, node, name + WILDCARD, link, record);
	if (parent == NULL)
		return;
	out->encloser = parent->encloser;
	out->next_closer =
	    parent->match != DNS_NODE_UNPROVEN ? link : parent->next_closer;
}
