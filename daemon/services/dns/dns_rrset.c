/* dns_rrset.c — puts a rendered RRset into a message. Pure. */
#include "services/dns/dns_rrset.h"

#include "core/bytes.h"

#include <string.h>

enum {
	RR_TTL = 6,     /* behind the pointer, TYPE and CLASS */
	RR_LENGTH = 10, /* of RDATA */
	RR_RDATA = 12,
};

uint32_t
dns_rrset_ttl(const struct dns_zone *zone, const struct dns_rrset *rrset)
{
	return bytes_get32be(dns_rrset_wire(zone, rrset) + RR_TTL);
}

static void
put_pointer(uint8_t *out, size_t target)
{
	bytes_put16be(out, (uint16_t)(DNS_POINTER | target));
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
	for (size_t rr = 0; rr < size;
	     rr += RR_RDATA + bytes_get16be(out + rr + RR_LENGTH))
		put_pointer(out + rr, owner->owner);
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
