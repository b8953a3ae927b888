/* dns_zone_check_rrset.c — is an RRset what dns_zone.h says? Pure. */
#include "services/dns/dns_zone_check_rrset.h"

#include "core/bytes.h"
#include "services/dns/dns_dnssec.h"

#include <string.h>

bool
dns_zone_check_rrset_is_node(const struct dns_zone *zone, size_t offset)
{
	if (!dns_zone_check_rrset_is_inside(
	        zone, offset, 1, sizeof(struct dns_node)))
		return false;
	const struct dns_node *node = dns_zone_node(zone, (uint32_t)offset);

	return dns_zone_nth(zone, dns_zone_number(zone, node)) == node;
}

/* The number of RRs of TYPE that LEN bytes are made of, and of nothing else; 0:
 * they are not. Signatures are to cover COVERED. */
static unsigned
count_rrs(const uint8_t *wire, size_t len, unsigned type, unsigned covered)
{
	unsigned count = 0;

	for (size_t at = 0; at < len; count++) {
		const uint8_t *rr = wire + at;

		if (len - at < DNS_RR_RDATA ||
		    bytes_get16be(rr) != (DNS_POINTER | DNS_HEADER_SIZE) ||
		    bytes_get16be(rr + DNS_RR_TYPE) != type)
			return 0;
		struct span rdata = {
		    rr + DNS_RR_RDATA, bytes_get16be(rr + DNS_RR_LENGTH)};

		if (rdata.len > len - at - DNS_RR_RDATA ||
		    !dns_dnssec_is_valid((uint16_t)type, rdata))
			return 0;
		if (type == DNS_TYPE_RRSIG &&
		    dns_dnssec_covered(rdata.data) != covered)
			return 0;
		at += DNS_RR_RDATA + rdata.len;
	}
	return count;
}

/* A label of NAME that a reply has starts at TO: not a wildcard's "*". */
static bool
is_label(const uint8_t *name, size_t len, size_t to)
{
	bool is_wildcard = name[0] == 1 && name[1] == '*';
	size_t at = is_wildcard ? 2 : 0;

	while (at < to && name[at] != 0)
		at += 1 + (size_t)name[at];
	return at == to && to < len;
}

/* Do all pointers lie in the RDATA of an RR? They ascend. */
static bool
are_in_rdata(const struct dns_zone *zone, const struct dns_rrset *rrset)
{
	const struct dns_fix *fixes = dns_rrset_fixes(zone, rrset);
	const uint8_t *wire = dns_rrset_wire(zone, rrset);
	size_t at = 0, end = 0;

	for (unsigned i = 0; i < rrset->fix_count; i++) {
		while (fixes[i].at >= end && end < rrset->wire_len) {
			at = end + DNS_RR_RDATA;
			end = at + bytes_get16be(wire + end + DNS_RR_LENGTH);
		}
		if (fixes[i].at < at || fixes[i].at + 2U > end)
			return false;
		at = fixes[i].at + 2U;
	}
	return true;
}

static const char *
check_fixes(const struct dns_zone *zone, const struct dns_rrset *rrset,
    const uint8_t *name, size_t len)
{
	const struct dns_fix *fixes = dns_rrset_fixes(zone, rrset);
	const uint8_t *wire = dns_rrset_wire(zone, rrset);

	if (!are_in_rdata(zone, rrset))
		return "a pointer outside RDATA";
	for (unsigned i = 0; i < rrset->fix_count; i++) {
		size_t to = fixes[i].to, base = DNS_HEADER_SIZE;

		if ((to & DNS_FIX_SELF) != 0) {
			to &= ~(size_t)DNS_FIX_SELF;
			base += len + DNS_QUESTION_FIXED;
			if (to >= DNS_FIX_SELF_MAX || to >= fixes[i].at)
				return "a pointer that does not point back";
		} else if (!is_label(name, len, to)) {
			return "a pointer to no label of the owner's name";
		}
		if (bytes_get16be(wire + fixes[i].at) !=
		    (DNS_POINTER | (base + to)))
			return "a pointer that is not as its fix says";
	}
	return NULL;
}

static const char *
check_targets(const struct dns_zone *zone, const struct dns_rrset *rrset)
{
	const struct dns_target *targets = dns_rrset_targets(zone, rrset);

	for (unsigned i = 0; i < rrset->target_count; i++)
		if (targets[i].at >= rrset->wire_len ||
		    !dns_zone_check_rrset_is_node(zone, targets[i].node))
			return "a target that is no node";
	return NULL;
}

/* The labels of a name that is all of RDATA: whole, or with a pointer to the
 * rest of it in the owner's name, LEN bytes. */
static bool
is_alias(const struct dns_zone *zone, const struct dns_rrset *rrset, size_t len)
{
	const struct dns_fix *fixes = dns_rrset_fixes(zone, rrset);
	const uint8_t *rdata = dns_rrset_wire(zone, rrset) + DNS_RR_RDATA;
	size_t size = (size_t)rrset->wire_len - DNS_RR_RDATA, at = 0;

	if (rrset->count != 1 || rrset->fix_count > 1)
		return false;
	if (rrset->fix_count == 0)
		return dns_name_measure(rdata, size) == size;
	while (at < size && rdata[at] != 0 && rdata[at] <= DNS_LABEL_MAX)
		at += 1 + (size_t)rdata[at];
	return at + 2 == size && fixes->at == DNS_RR_RDATA + at &&
	       fixes->to < len && at + len - fixes->to <= DNS_NAME_MAX;
}

/* What those rely on who read RDATA to answer. */
static const char *
check_type(
    const struct dns_zone *zone, const struct dns_rrset *rrset, size_t len)
{
	switch (rrset->type) {
	case DNS_TYPE_CNAME:
		return is_alias(zone, rrset, len) ? NULL : "a CNAME to no name";
	case DNS_TYPE_DNAME:
		return rrset->fix_count == 0 && is_alias(zone, rrset, len)
		           ? NULL
		           : "a DNAME to no name";
	case DNS_TYPE_NSEC:
	case DNS_TYPE_NSEC3:
		return rrset->fix_count == 0 ? NULL : "a proof with pointers";
	case DNS_TYPE_RRSIG:
		return "signatures of their own";
	default: /* any other number is a type, too */
		return NULL;
	}
}

const char *
dns_zone_check_rrset(const struct dns_zone *zone, const struct dns_rrset *rrset,
    const uint8_t *name, size_t len)
{
	size_t size = rrset->fix_count * sizeof(struct dns_fix) +
	              rrset->wire_len + rrset->sig_len + 3 +
	              rrset->target_count * sizeof(struct dns_target);

	if (rrset->data % 4 != 0 || rrset->count == 0 ||
	    !dns_zone_check_rrset_is_inside(zone, rrset->data, size, 1))
		return "an RRset outside the block";
	if ((size_t)rrset->wire_len + rrset->sig_len > DNS_TCP_MAX)
		return "an RRset too long for any answer";
	const uint8_t *wire = dns_rrset_wire(zone, rrset);

	if (count_rrs(wire, rrset->wire_len, rrset->type, 0) != rrset->count)
		return "an RRset that is not made of RRs";
	if (rrset->sig_len > 0 &&
	    count_rrs(wire + rrset->wire_len, rrset->sig_len, DNS_TYPE_RRSIG,
	        rrset->type) == 0)
		return "signatures that are not made of RRs";
	const char *error = check_targets(zone, rrset);

	if (error == NULL)
		error = check_fixes(zone, rrset, name, len);
	return error != NULL ? error : check_type(zone, rrset, len);
}
