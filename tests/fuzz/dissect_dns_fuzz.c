/*
 * dissect_dns_fuzz.c — bytes as a DNS message, or, where the first is odd, as
 * several on TCP: each is covered once by fields that are harmless text.
 */
#include "../unit/client/dissect/cover.h"
#include "client/dissect/dissect_dns.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct dissect dissection;

	if (size < 1)
		return -1;
	cover_dissect(&dissection, (struct span){data + 1, size - 1},
	    (data[0] & 1) != 0 ? dissect_dns_tcp : dissect_dns);
	show_dissect_free(&dissection);
	return 0;
}
