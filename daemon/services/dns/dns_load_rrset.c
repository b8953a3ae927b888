/* dns_load_rrset.c — renders an RRset. Loader process only. */
#include "services/dns/dns_load_rrset.h"

#include "core/bytes.h"
#include "services/dns/dns_load_rdata.h"

#include <string.h>

void
dns_load_rrset_set_owner(struct dns_load_rrset_owner *owner,
    const uint8_t *labels, size_t labels_len, const uint8_t *apex,
    size_t apex_len)
{
	dns_name_lower(owner->name, labels, labels_len);
	memcpy(owner->name + labels_len, apex, apex_len);
	owner->len = labels_len + apex_len;
	memset(owner->is_label, 0, sizeof(owner->is_label));
	for (size_t i = 0; i + 1 < owner->len; i += 1 + (size_t)owner->name[i])
		owner->is_label[i] = true;
	/* A wildcard's first label is not in any reply (RFC 4592 §3.3.1). */
	if (labels_len >= 2 && owner->name[0] == 1 && owner->name[1] == '*')
		owner->is_label[0] = false;
}

/* Where, in the owner's name, SUFFIX lies as its end; SIZE_MAX: it does not. */
static size_t
find_in_owner(
    const struct dns_load_rrset_owner *owner, const uint8_t *suffix, size_t len)
{
	if (len > owner->len)
		return SIZE_MAX;
	size_t at = owner->len - len;

	if (!owner->is_label[at] ||
	    !dns_name_is_equal(owner->name + at, suffix, len))
		return SIZE_MAX;
	return at;
}

/* Where SUFFIX lies in the RRset, spelled the same; SIZE_MAX: nowhere. */
static size_t
find_in_rrset(
    const struct dns_load_rrset *rrset, const uint8_t *suffix, size_t len)
{
	for (size_t i = 0; i < rrset->suffix_count; i++)
		if (rrset->suffixes[i].len == len &&
		    memcmp(rrset->suffixes[i].name, suffix, len) == 0)
			return rrset->suffixes[i].at;
	return SIZE_MAX;
}

static void
remember_suffix(struct dns_load_rrset *rrset, const uint8_t *suffix, size_t len)
{
	size_t i = rrset->suffix_count;

	if (i == DNS_LOAD_RRSET_SUFFIXES_MAX || rrset->len >= DNS_FIX_SELF_MAX)
		return;
	rrset->suffixes[i].name = suffix;
	rrset->suffixes[i].len = (uint16_t)len;
	rrset->suffixes[i].at = (uint16_t)rrset->len;
	rrset->suffix_count++;
}

static void
put_pointer(struct dns_load_rrset *rrset, size_t target, unsigned to)
{
	rrset->fixes[rrset->fix_count++] = (struct dns_fix){
	    .at = (uint16_t)rrset->len,
	    .to = (uint16_t)to,
	};
	bytes_put16be(
	    rrset->wire + rrset->len, (uint16_t)(DNS_POINTER | target));
	rrset->len += 2;
}

/* Writes NAME, LEN bytes, label by label until its rest is found where a
 * pointer can point. There is room for all of it. */
static void
put_compressed(struct dns_load_rrset *rrset,
    const struct dns_load_rrset_owner *owner, const uint8_t *name, size_t len)
{
	/* Where the RRset lies in the answer to a question for its owner. */
	size_t base = DNS_HEADER_SIZE + owner->len + DNS_QUESTION_FIXED;

	while (len > 1) {
		size_t at = find_in_owner(owner, name, len);

		if (at != SIZE_MAX) {
			put_pointer(rrset, DNS_HEADER_SIZE + at, (unsigned)at);
			return;
		}
		at = find_in_rrset(rrset, name, len);
		if (at != SIZE_MAX) {
			put_pointer(
			    rrset, base + at, DNS_FIX_SELF | (unsigned)at);
			return;
		}
		remember_suffix(rrset, name, len);
		size_t label = 1 + (size_t)name[0];

		memcpy(rrset->wire + rrset->len, name, label);
		rrset->len += label;
		name += label;
		len -= label;
	}
	rrset->wire[rrset->len++] = 0;
}

static void
put_bytes(struct dns_load_rrset *rrset, const uint8_t *bytes, size_t len)
{
	memcpy(rrset->wire + rrset->len, bytes, len);
	rrset->len += len;
}

static void
put_rdata(struct dns_load_rrset *rrset,
    const struct dns_load_rrset_owner *owner,
    const struct dns_load_record *record,
    const struct dns_load_rdata_form *form)
{
	const uint8_t *rdata = dns_load_record_rdata(record);

	if (form == NULL) {
		put_bytes(rrset, rdata, record->length);
		return;
	}
	put_bytes(rrset, rdata, form->prefix);
	rdata += form->prefix;
	for (unsigned i = 0; i < form->names; i++) {
		size_t len = dns_name_length(rdata);

		if (form->is_target)
			rrset->targets[rrset->target_count++] =
			    (struct dns_load_rrset_target){
			        .record = record,
			        .name = rdata,
			        .at = (uint16_t)rrset->len,
			    };
		if (form->is_compressed)
			put_compressed(rrset, owner, rdata, len);
		else
			put_bytes(rrset, rdata, len);
		rdata += len;
	}
	put_bytes(rrset, rdata, form->suffix);
}

/* All of an RR but its RDATA, whose length is to come. Returns its start, or
 * NULL: LENGTH more bytes would be too long. */
static uint8_t *
begin_rr(
    struct dns_load_rrset *rrset, unsigned type, uint32_t ttl, size_t length)
{
	uint8_t *rr = rrset->wire + rrset->len;

	if (DNS_RR_RDATA + length > DNS_LOAD_RRSET_MAX - rrset->len)
		return NULL;
	bytes_put16be(rr, DNS_POINTER | DNS_HEADER_SIZE);
	bytes_put16be(rr + DNS_RR_TYPE, (uint16_t)type);
	bytes_put16be(rr + DNS_RR_CLASS, DNS_CLASS_IN);
	bytes_put32be(rr + DNS_RR_TTL, ttl);
	rrset->len += DNS_RR_RDATA;
	return rr;
}

static void
end_rr(const struct dns_load_rrset *rrset, uint8_t *rr)
{
	size_t size = (size_t)(rrset->wire + rrset->len - rr);

	bytes_put16be(rr + DNS_RR_LENGTH, (uint16_t)(size - DNS_RR_RDATA));
}

bool
dns_load_rrset_render(struct dns_load_rrset *rrset,
    const struct dns_load_rrset_owner *owner,
    const struct dns_load_record *const *records, size_t count, uint32_t ttl)
{
	rrset->len = rrset->sig_len = rrset->fix_count = 0;
	rrset->target_count = rrset->suffix_count = 0;
	for (size_t i = 0; i < count; i++) {
		const struct dns_load_record *record = records[i];
		/* Uncompressed it fits, so compressed it does too. */
		uint8_t *rr =
		    begin_rr(rrset, record->type, ttl, record->length);

		if (rr == NULL)
			return false;
		put_rdata(
		    rrset, owner, record, dns_load_rdata_form(record->type));
		end_rr(rrset, rr);
	}
	return true;
}

bool
dns_load_rrset_sign(struct dns_load_rrset *rrset,
    const struct dns_load_record *const *records, size_t count, uint32_t ttl)
{
	size_t start = rrset->len;

	for (size_t i = 0; i < count; i++) {
		const struct dns_load_record *record = records[i];
		uint8_t *rr =
		    begin_rr(rrset, DNS_TYPE_RRSIG, ttl, record->length);

		if (rr == NULL)
			return false;
		/* Its signer's name is not compressed (RFC 4034 §3.1.7). */
		put_bytes(rrset, dns_load_record_rdata(record), record->length);
		end_rr(rrset, rr);
	}
	rrset->sig_len = rrset->len - start;
	return true;
}
