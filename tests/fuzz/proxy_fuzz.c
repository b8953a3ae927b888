/*
 * proxy_fuzz.c — any bytes as a PROXY header: what it says does not depend on
 * what follows it, and no part of it says anything but "more".
 */
#include "core/proxy.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Parses a copy of exactly LEN bytes, so that reading on would be seen. */
static enum proxy_result
parse(const uint8_t *data, size_t len, struct proxy_header *header)
{
	uint8_t *copy = malloc(len + (len == 0));

	assert(copy != NULL);
	if (len > 0)
		memcpy(copy, data, len);
	enum proxy_result result =
	    proxy_parse((struct span){copy, len}, header);

	free(copy);
	return result;
}

static void
check_addresses(const struct proxy_header *header)
{
	char text[ADDR_TEXT_MAX];
	struct addr again;

	if (!header->has_addresses)
		return;
	addr_format(&header->peer, text);
	if (addr_port(&header->peer) > 0) {
		assert(addr_parse(text, &again) == NULL);
		assert(addr_is_equal(&again, &header->peer));
	}
	assert(header->local.any.sa_family == AF_INET ||
	       header->local.any.sa_family == AF_INET6);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct proxy_header header, cut;
	enum proxy_result result = parse(data, size, &header);

	if (result == PROXY_MORE) {
		assert(size < PROXY_HEADER_MAX);
		return 0;
	}
	/* A header that is wrong is wrong from some byte on. */
	if (result == PROXY_BAD) {
		bool is_bad = false;

		for (size_t len = 0; len < size && len < 200; len++) {
			enum proxy_result part = parse(data, len, &cut);

			assert(part != PROXY_DONE);
			assert(!is_bad || part == PROXY_BAD);
			is_bad = part == PROXY_BAD;
		}
		return 0;
	}
	assert(header.len <= size && header.len <= PROXY_HEADER_MAX);
	for (size_t len = 0; len < header.len; len++)
		assert(parse(data, len, &cut) == PROXY_MORE);
	assert(parse(data, header.len, &cut) == PROXY_DONE);
	assert(
	    cut.len == header.len && cut.has_addresses == header.has_addresses);
	check_addresses(&header);
	return 0;
}
