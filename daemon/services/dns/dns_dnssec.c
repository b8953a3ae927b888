/* dns_dnssec.c — RDATA of the types that sign a zone. Pure. */
#include "services/dns/dns_dnssec.h"

#include "services/dns/dns_name.h"

enum {
	DNSKEY_FIXED = 4, /* flags, protocol, algorithm */
	DS_FIXED = 4,     /* key tag, algorithm, digest type */
	NSEC3_FIXED = 5,  /* algorithm, flags, iterations, salt's length */
	WINDOW_HEAD = 2,  /* number and length */
	WINDOW_MAX = 32,  /* bytes of 256 types */
};

static struct span
skip(struct span span, size_t len)
{
	return (struct span){span.data + len, span.len - len};
}

/* Blocks of ascending windows, each of 1 to 32 bytes (RFC 4034 §4.1.2). */
static bool
is_bit_map(struct span types)
{
	int last = -1;

	while (types.len > 0) {
		if (types.len < WINDOW_HEAD || types.data[0] <= last)
			return false;
		size_t len = types.data[1];

		if (len == 0 || len > WINDOW_MAX ||
		    len > types.len - WINDOW_HEAD)
			return false;
		last = types.data[0];
		types = skip(types, WINDOW_HEAD + len);
	}
	return true;
}

static bool
is_rrsig(struct span rdata)
{
	if (rdata.len < DNS_DNSSEC_SIGNER)
		return false;
	struct span rest = skip(rdata, DNS_DNSSEC_SIGNER);
	size_t name = dns_name_measure(rest.data, rest.len);

	return name != 0 && rest.len > name &&
	       dns_dnssec_labels(rdata.data) <= DNS_LABEL_COUNT_MAX;
}

static bool
is_nsec(struct span rdata)
{
	size_t name = dns_name_measure(rdata.data, rdata.len);

	return name != 0 && is_bit_map(skip(rdata, name));
}

/* Length, so many bytes; 0: not that. */
static size_t
counted(struct span rdata, size_t at)
{
	if (rdata.len <= at || rdata.data[at] > rdata.len - at - 1)
		return 0;
	return 1 + (size_t)rdata.data[at];
}

static bool
is_nsec3param(struct span rdata)
{
	size_t salt = counted(rdata, NSEC3_FIXED - 1);

	return salt != 0 && NSEC3_FIXED - 1 + salt == rdata.len;
}

static bool
is_nsec3(struct span rdata)
{
	size_t salt = counted(rdata, NSEC3_FIXED - 1);

	if (salt == 0)
		return false;
	size_t at = NSEC3_FIXED - 1 + salt, hash = counted(rdata, at);

	return hash > 1 && is_bit_map(skip(rdata, at + hash));
}

/* Digests have the length that their type says, where we know it. */
static bool
is_ds(struct span rdata)
{
	static const uint8_t lengths[] = {[1] = 20, [2] = 32, [4] = 48};

	if (rdata.len <= DS_FIXED)
		return false;
	unsigned type = rdata.data[DS_FIXED - 1];
	size_t len = type < sizeof(lengths) ? lengths[type] : 0;

	return len == 0 || rdata.len == DS_FIXED + len;
}

bool
dns_dnssec_is_valid(uint16_t type, struct span rdata)
{
	switch (type) {
	case DNS_TYPE_RRSIG:
		return is_rrsig(rdata);
	case DNS_TYPE_NSEC:
		return is_nsec(rdata);
	case DNS_TYPE_NSEC3:
		return is_nsec3(rdata);
	case DNS_TYPE_NSEC3PARAM:
		return is_nsec3param(rdata);
	case DNS_TYPE_DS:
	case DNS_TYPE_CDS:
		return is_ds(rdata);
	case DNS_TYPE_DNSKEY:
	case DNS_TYPE_CDNSKEY:
		return rdata.len > DNSKEY_FIXED;
	default: /* any other number is a type, too */
		return true;
	}
}

uint16_t
dns_dnssec_tag_of(struct span dnskey)
{
	uint32_t sum = 0;

	for (size_t i = 0; i < dnskey.len; i++)
		sum +=
		    i % 2 == 0 ? (uint32_t)dnskey.data[i] << 8 : dnskey.data[i];
	return (uint16_t)(sum + (sum >> 16));
}

struct dns_dnssec_nsec3
dns_dnssec_nsec3(uint16_t type, struct span rdata)
{
	size_t salt = rdata.data[NSEC3_FIXED - 1];
	struct dns_dnssec_nsec3 out = {
	    .algorithm = rdata.data[0],
	    .flags = rdata.data[1],
	    .iterations = bytes_get16be(rdata.data + 2),
	    .salt = {rdata.data + NSEC3_FIXED, salt},
	};

	if (type == DNS_TYPE_NSEC3) {
		const uint8_t *hash = rdata.data + NSEC3_FIXED + salt;

		out.next = (struct span){hash + 1, *hash};
	}
	return out;
}

struct span
dns_dnssec_types(uint16_t type, struct span rdata)
{
	if (type == DNS_TYPE_NSEC)
		return skip(rdata, dns_name_length(rdata.data));
	struct span next = dns_dnssec_nsec3(type, rdata).next;

	return skip(rdata, (size_t)(next.data - rdata.data) + next.len);
}

bool
dns_dnssec_has_type(struct span types, uint16_t type)
{
	size_t byte = type % 256 / 8;

	while (types.len > 0 && types.data[0] < type / 256)
		types = skip(types, WINDOW_HEAD + (size_t)types.data[1]);
	return types.len > 0 && types.data[0] == type / 256 &&
	       byte < types.data[1] &&
	       (types.data[WINDOW_HEAD + byte] & 0x80 >> type % 8) != 0;
}

unsigned
dns_dnssec_count_types(struct span types)
{
	unsigned count = 0;

	while (types.len > 0) {
		for (size_t i = 0; i < types.data[1]; i++)
			for (unsigned byte = types.data[WINDOW_HEAD + i];
			     byte != 0; byte &= byte - 1)
				count++;
		types = skip(types, WINDOW_HEAD + (size_t)types.data[1]);
	}
	return count;
}
