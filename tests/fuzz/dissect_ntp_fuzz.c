/* dissect_ntp_fuzz.c — bytes as an NTP packet. */
#include "client/dissect/dissect_ntp.h"
#include "dissect_fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	dissect_fuzz((struct span){data, size}, dissect_ntp);
	return 0;
}
