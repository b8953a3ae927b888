/*
 * dissect_dns_fuzz.c — bytes as a DNS message, or, where the first is odd, as
 * several on TCP: each is covered once by fields that are harmless text, and
 * can be shown.
 */
#include "client/dissect/dissect_dns.h"
#include "dissect_fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size < 1)
		return -1;
	dissect_fuzz((struct span){data + 1, size - 1},
	    (data[0] & 1) != 0 ? dissect_dns_tcp : dissect_dns);
	return 0;
}
