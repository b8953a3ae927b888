/* dns_unpack.c — names as messages have them. Pure. */
#include "services/dns/dns_unpack.h"

#include "core/bytes.h"

/* The first two bits of a length (RFC 1035 §4.1.4). */
enum { KIND_MASK = 0xc0, KIND_POINTER = 0xc0 };

/* Adds the label at *AT to the name, and goes on to the next. */
static enum dns_unpack_result
take_label(struct span message, size_t *at, size_t end, struct dns_unpack *out)
{
	size_t label = message.data[*at];

	if (label > DNS_LABEL_MAX)
		return DNS_UNPACK_LABEL;
	if (label >= end - *at)
		return DNS_UNPACK_CUT;
	/* One byte is kept for the root's. */
	if (out->len + 1 + label + (label > 0) > DNS_NAME_MAX)
		return DNS_UNPACK_LONG;
	memcpy(out->name + out->len, message.data + *at, 1 + label);
	out->len += 1 + label;
	*at += 1 + label;
	return DNS_UNPACK_DONE;
}

/* Follows the pointer at *AT, which has to lead before LOWEST, where the run of
 * labels began that it ends. */
static enum dns_unpack_result
follow(struct span message, size_t *at, size_t end, size_t *lowest,
    struct dns_unpack *out)
{
	if (end - *at < 2)
		return DNS_UNPACK_CUT;
	size_t target = bytes_get16be(message.data + *at) & 0x3fffU;

	if (!out->is_pointed) {
		out->is_pointed = true;
		out->labels_end = *at;
		out->end = *at + 2;
		out->target = target;
	}
	if (target >= *lowest)
		return DNS_UNPACK_FORWARD;
	*at = *lowest = target;
	return DNS_UNPACK_DONE;
}

enum dns_unpack_result
dns_unpack(struct span message, size_t at, size_t end, struct dns_unpack *out)
{
	enum dns_unpack_result result = DNS_UNPACK_DONE;
	size_t lowest = at;
	unsigned hops = 0;
	bool is_root = false;

	*out = (struct dns_unpack){.is_pointed = false};
	while (result == DNS_UNPACK_DONE && !is_root) {
		if (at >= end)
			result = DNS_UNPACK_CUT;
		else if ((message.data[at] & KIND_MASK) == KIND_POINTER)
			result = ++hops > DNS_LABEL_COUNT_MAX
			             ? DNS_UNPACK_HOPS
			             : follow(message, &at, end, &lowest, out);
		else {
			is_root = message.data[at] == 0;
			result = take_label(message, &at, end, out);
		}
	}
	if (!out->is_pointed)
		out->labels_end = at;
	if (!out->is_pointed && result == DNS_UNPACK_DONE)
		out->end = at;
	return result;
}
