/* dissect_http_fuzz.c — bytes as one side of an HTTP connection. */
#include "client/dissect/dissect_http.h"
#include "dissect_fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	dissect_fuzz((struct span){data, size}, dissect_http);
	return 0;
}
