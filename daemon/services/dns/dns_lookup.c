/* dns_lookup.c — see dns_lookup.h. */
#include "services/dns/dns_lookup.h"

enum { WILDCARD_LABEL = 2 }; /* bytes of "*" with its length */

/* How many bytes of a name of LEN bytes lie in front of NODE's own. */
static size_t
skip_to(const struct dns_zone *zone, const struct dns_node *node, size_t len)
{
	return len - zone->apex_len - node->name_len;
}

/* The name lies at or below CUT, a delegation or a DNAME; EXACT is its node,
 * if it has one. */
static enum dns_lookup_kind
kind_at_cut(
    const struct dns_node *cut, const struct dns_node *exact, uint16_t qtype)
{
	if ((cut->flags & DNS_NODE_DELEGATION) != 0)
		return cut == exact && qtype == DNS_TYPE_DS
		           ? DNS_LOOKUP_DATA
		           : DNS_LOOKUP_REFERRAL;
	/* RFC 6672 §2.3: the owner itself is not redirected. */
	return cut == exact ? DNS_LOOKUP_DATA : DNS_LOOKUP_DNAME;
}

/* The name does not exist; ENCLOSER is its nearest ancestor that does. */
static struct dns_lookup
synthesise(const struct dns_zone *zone, const struct dns_node *encloser,
    size_t skipped)
{
	const struct dns_node *wildcard = dns_zone_wildcard(zone, encloser);

	if (wildcard == NULL)
		return (struct dns_lookup){
		    .kind = DNS_LOOKUP_NXDOMAIN,
		    .encloser = encloser,
		};
	return (struct dns_lookup){
	    .kind = DNS_LOOKUP_DATA,
	    .is_wildcard = true,
	    .node = wildcard,
	    .skip = skipped - WILDCARD_LABEL,
	    .encloser = encloser,
	};
}

struct dns_lookup
dns_lookup(const struct dns_zone *zone, const uint8_t *name, size_t len,
    uint16_t qtype)
{
	const struct dns_node *exact = dns_zone_find(zone, name, len);
	const struct dns_node *nearest = exact;
	size_t skipped = 0;

	if (exact == NULL)
		nearest = dns_zone_encloser(zone, name, len, &skipped);
	const struct dns_node *cut = dns_zone_cut(zone, nearest);
	if (cut != NULL)
		return (struct dns_lookup){
		    .kind = kind_at_cut(cut, exact, qtype),
		    .node = cut,
		    .skip = skip_to(zone, cut, len),
		};
	if (exact == NULL)
		return synthesise(zone, nearest, skipped);
	return (struct dns_lookup){.kind = DNS_LOOKUP_DATA, .node = exact};
}
