/* dissect_http.c — see dissect_http.h. */
#include "client/dissect/dissect_http.h"

void
dissect_http(struct dissect *dissect, size_t at, size_t end)
{
	dissect_field(dissect, STYLE_DATA, at, end - at, "Data", NULL,
	    "%zu bytes", end - at);
}
