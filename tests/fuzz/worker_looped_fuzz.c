/* worker_looped_fuzz.c — whatever frame comes back: what is found in it lies
 * within it, at its end, behind headers that say so. */
#include "worker/worker_looped.h"

#include "core/bytes.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check(bool is_true)
{
	if (!is_true)
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	enum { PORT = 123, UDP_HEADER = 8, IPV4 = 28, IPV6 = 48 };
	struct span bytes;
	struct addr peer;

	if (!worker_looped_read((struct span){data, size}, PORT, &bytes, &peer))
		return 0;
	size_t headers = size - bytes.len;

	check(bytes.len <= size && bytes.data == data + headers);
	check(headers >= (peer.any.sa_family == AF_INET ? IPV4 : IPV6));
	check(headers <= WORKER_LOOPED_HEADERS_MAX);

	const uint8_t *udp = bytes.data - UDP_HEADER;

	check(bytes_get16be(udp) == PORT);
	check(bytes_get16be(udp + 2) == addr_port(&peer));
	check(bytes_get16be(udp + 4) == UDP_HEADER + bytes.len);
	return 0;
}
