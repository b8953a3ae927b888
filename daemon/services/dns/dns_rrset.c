/* dns_rrset.c — puts a rendered RRset into a message. Pure. */
#include "services/dns/dns_rrset.h"

#include "core/bytes.h"

#include <string.h>

uint32_t
dns_rrset_ttl(const struct dns_zone *zone, const struct dns_rrset *rrset)
{
	return bytes_get32be(dns_rrset_wire(zone, rrset) + DNS_RR_TTL);
}

static void
put_pointer(uint8_t *out, size_t target)
{
	bytes_put16be(out, (uint16_t)(DNS_POINTER | target));
}

/* Points the owners of the RRs that lie in OUT, SIZE bytes, to OWNER. */
static void
point_owners(uint8_t *out, size_t size, unsigned owner)
{
	for (size_t rr = 0; rr < size;
	     rr += DNS_RR_RDATA + bytes_get16be(out + rr + DNS_RR_LENGTH))
		put_pointer(out + rr, owner);
}

size_t
dns_rrset_place(const struct dns_zone *zone, const struct dns_rrset *rrset,
    bool with_signatures, uint8_t *message, size_t at,
    const struct dns_owner *owner)
{
	size_t size = dns_rrset_size(rrset, with_signatures);
	uint8_t *out = message + at;
	const struct dns_fix *fixes = dns_rrset_fixes(zone, rrset);

	memcpy(out, dns_rrset_wire(zone, rrset), size);
	point_owners(out, size, owner->owner);
	for (unsigned i = 0; i < rrset->fix_count; i++) {
		unsigned to = fixes[i].to;

		if ((to & DNS_FIX_SELF) != 0)
			to = (unsigned)at + (to & ~(unsigned)DNS_FIX_SELF);
		else if (to < owner->head_len)
			to += owner->head;
		else
			to =
			    (unsigned)(owner->tail + (int)to - owner->head_len);
		put_pointer(out + fixes[i].at, to);
	}
	return size;
}

size_t
dns_rrset_place_signatures(const struct dns_zone *zone,
    const struct dns_rrset *rrset, uint8_t *message, size_t at,
    const struct dns_owner *owner)
{
	memcpy(message + at, dns_rrset_wire(zone, rrset) + rrset->wire_len,
	    rrset->sig_len);
	point_owners(message + at, rrset->sig_len, owner->owner);
	return rrset->sig_len;
}

/* Behind this a name cannot be pointed to: it is written again for each RR. */
static bool
is_pointed_to(size_t at, const struct dns_spelled_owner *owner)
{
	return at < DNS_POINTER_LIMIT && owner->len != 0;
}

size_t
dns_rrset_spelled_size(const struct dns_zone *zone,
    const struct dns_rrset *rrset, size_t at,
    const struct dns_spelled_owner *owner)
{
	size_t times = 1;

	if (!is_pointed_to(at, owner))
		times = rrset->count + dns_rrset_signatures(zone, rrset);
	return dns_rrset_size(rrset, true) + times * owner->len;
}

size_t
dns_rrset_place_spelled(const struct dns_zone *zone,
    const struct dns_rrset *rrset, uint8_t *message, size_t at,
    const struct dns_spelled_owner *owner)
{
	const uint8_t *rr = dns_rrset_wire(zone, rrset);
	const uint8_t *end = rr + dns_rrset_size(rrset, true);
	uint8_t *out = message + at;

	while (rr < end) {
		size_t rest =
		    DNS_RR_RDATA - 2 + bytes_get16be(rr + DNS_RR_LENGTH);

		if (is_pointed_to(at, owner) && out != message + at) {
			put_pointer(out, at);
		} else {
			memcpy(out, owner->labels, owner->len);
			out += owner->len;
			put_pointer(out, owner->tail);
		}
		memcpy(out + 2, rr + 2, rest);
		out += 2 + rest;
		rr += 2 + rest;
	}
	return (size_t)(out - message) - at;
}

uint16_t
dns_rrset_signatures(const struct dns_zone *zone, const struct dns_rrset *rrset)
{
	const uint8_t *rr = dns_rrset_wire(zone, rrset) + rrset->wire_len;
	uint16_t count = 0;

	for (size_t at = 0; at < rrset->sig_len;
	     at += DNS_RR_RDATA + bytes_get16be(rr + at + DNS_RR_LENGTH))
		count++;
	return count;
}
