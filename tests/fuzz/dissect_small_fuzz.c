/* dissect_small_fuzz.c — bytes as an answer of the time service, or, where the
 * first is odd, as lines of text. */
#include "client/dissect/dissect_small.h"
#include "dissect_fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size < 1)
		return -1;
	dissect_fuzz((struct span){data + 1, size - 1},
	    (data[0] & 1) != 0 ? dissect_small_text : dissect_small_time);
	return 0;
}
