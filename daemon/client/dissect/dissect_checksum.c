/* dissect_checksum.c — the Internet checksum (RFC 1071), looked at. */
#include "client/dissect/dissect_checksum.h"

#include "core/bytes.h"

uint64_t
dissect_checksum_add(uint64_t sum, struct span bytes)
{
	for (size_t i = 0; i + 1 < bytes.len; i += 2)
		sum += bytes_get16be(bytes.data + i);
	if (bytes.len % 2 == 1)
		sum += (uint64_t)bytes.data[bytes.len - 1] << 8;
	return sum;
}

/* The sum in ones' complement. */
static uint16_t
fold(uint64_t sum)
{
	while (sum > 0xffff)
		sum = (sum & 0xffff) + (sum >> 16);
	return (uint16_t)sum;
}

void
dissect_checksum_field(struct dissect *dissect, size_t at, const char *rfc,
    uint64_t sum, uint64_t pseudo, const char *unverified)
{
	unsigned found = bytes_get16be(dissect->bytes.data + at);

	dissect_field(
	    dissect, STYLE_LENGTH, at, 2, "Checksum", rfc, "0x%04x", found);
	if (unverified != NULL)
		dissect_means(dissect, "not verified: %s", unverified);
	else if (fold(sum) == 0xffff)
		dissect_means(dissect, "correct");
	else if (pseudo != 0 && fold(pseudo) == found)
		dissect_means(
		    dissect, "not set by the sender's kernel (offloaded)");
	else
		dissect_means(dissect, "wrong: 0x%04x would be correct",
		    (unsigned)(uint16_t)~fold(sum - found));
}
