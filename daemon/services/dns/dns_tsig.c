/* dns_tsig.c — see dns_tsig.h. */
#include "services/dns/dns_tsig.h"

#include "core/bytes.h"

#include <string.h>

enum {
	BADKEY = 17,
	TIME_SIZE = 8,                          /* Time Signed and Fudge */
	FIXED_SIZE = TIME_SIZE + 2 + 2 + 2 + 2, /* with MAC Size, Original ID,
	                                           Error and Other Len */
};

/* A record's RDATA; all lie in the query. */
struct tsig {
	uint8_t key[DNS_NAME_MAX]; /* the record's owner, decompressed */
	size_t key_len;
	struct span algorithm;
	const uint8_t *time;        /* TIME_SIZE bytes */
	const uint8_t *original_id; /* 2 bytes */
};

/* Reads the name at *AT, which the parser has stepped over, into OUT, and sets
 * *AT behind it. Pointers go strictly backward, so that this ends. Its length;
 * 0: not a name. */
static size_t
read_name(struct span bytes, size_t *at, uint8_t out[DNS_NAME_MAX])
{
	size_t len = 0, from = *at, lowest = *at, end = 0;

	while (from < bytes.len) {
		uint8_t label = bytes.data[from];
		if (label > DNS_LABEL_MAX) {
			if (bytes.len - from < 2)
				return 0;
			size_t target = bytes_get16be(bytes.data + from) &
			                (DNS_POINTER_LIMIT - 1);
			end = end == 0 ? from + 2 : end;
			if (label < DNS_POINTER >> 8 || target >= lowest ||
			    target < DNS_HEADER_SIZE)
				return 0;
			from = lowest = target;
			continue;
		}
		if (1u + label > DNS_NAME_MAX - len ||
		    1u + label > bytes.len - from)
			return 0;
		memcpy(out + len, bytes.data + from, 1u + label);
		len += 1u + label;
		from += 1u + label;
		if (label == 0) {
			*at = end == 0 ? from : end;
			return len;
		}
	}
	return 0;
}

/* RFC 8945 §4.2: the algorithm's name stands uncompressed before the rest. Its
 * bytes in RDATA; empty: not a name. */
static struct span
take_algorithm(struct span *rdata)
{
	struct span name = {rdata->data, 0};

	while (name.len < rdata->len && name.len < DNS_NAME_MAX) {
		uint8_t label = rdata->data[name.len];
		name.len += 1u + label;
		if (label > DNS_LABEL_MAX)
			break;
		if (label != 0)
			continue;
		rdata->data += name.len;
		rdata->len -= name.len;
		return name;
	}
	return (struct span){rdata->data, 0};
}

static bool
parse(const struct dns_message *query, struct tsig *tsig)
{
	struct span bytes = query->bytes;
	size_t at = query->tsig_at;

	tsig->key_len = read_name(bytes, &at, tsig->key);
	if (tsig->key_len == 0)
		return false;
	/* The parser has seen that the record is all there. */
	const uint8_t *fixed = bytes.data + at;
	struct span rdata = {
	    fixed + DNS_RECORD_FIXED, bytes_get16be(fixed + 8)};
	tsig->algorithm = take_algorithm(&rdata);
	if (bytes_get16be(fixed + 2) != DNS_CLASS_ANY ||
	    tsig->algorithm.len == 0 || rdata.len < FIXED_SIZE)
		return false;
	size_t mac_len = bytes_get16be(rdata.data + TIME_SIZE);
	if (rdata.len - FIXED_SIZE < mac_len)
		return false;
	tsig->time = rdata.data;
	tsig->original_id = rdata.data + TIME_SIZE + 2 + mac_len;
	size_t other_len = bytes_get16be(tsig->original_id + 4);
	return rdata.len - FIXED_SIZE - mac_len == other_len;
}

bool
dns_tsig_is_whole(const struct dns_message *query)
{
	struct tsig tsig;

	return parse(query, &tsig);
}

size_t
dns_tsig_append_badkey(struct dns_reply *reply, size_t len)
{
	struct tsig tsig;

	if (!parse(reply->query, &tsig))
		return len;
	size_t rdata_len = tsig.algorithm.len + FIXED_SIZE;
	size_t size = tsig.key_len + DNS_RECORD_FIXED + rdata_len;
	if (size > reply->end - len)
		return len;
	uint8_t *at = reply->data + len;

	memcpy(at, tsig.key, tsig.key_len);
	at += tsig.key_len;
	bytes_put16be(at, DNS_TYPE_TSIG);
	bytes_put16be(at + 2, DNS_CLASS_ANY);
	bytes_put32be(at + 4, 0);
	bytes_put16be(at + 8, (uint16_t)rdata_len);
	at += DNS_RECORD_FIXED;
	memcpy(at, tsig.algorithm.data, tsig.algorithm.len);
	at += tsig.algorithm.len;
	memcpy(at, tsig.time, TIME_SIZE);
	bytes_put16be(at + TIME_SIZE, 0); /* no MAC */
	memcpy(at + TIME_SIZE + 2, tsig.original_id, 2);
	bytes_put16be(at + TIME_SIZE + 4, BADKEY);
	bytes_put16be(at + TIME_SIZE + 6, 0);
	reply->counts[DNS_REPLY_ADDITIONAL]++;
	bytes_put16be(reply->data + 10, reply->counts[DNS_REPLY_ADDITIONAL]);
	return len + size;
}
