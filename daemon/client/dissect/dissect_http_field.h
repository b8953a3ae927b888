/* dissect_http_field.h — what the fields of HTTP are for. Pure. */
#ifndef NETLAB_CLIENT_DISSECT_DISSECT_HTTP_FIELD_H
#define NETLAB_CLIENT_DISSECT_DISSECT_HTTP_FIELD_H

#include "client/style.h"
#include "core/span.h"

struct dissect_http_field {
	const char *name;    /* as the RFC writes it */
	const char *meaning; /* a phrase */
	const char *rfc;
	enum style style;
};

/* That of NAME, in whatever case; NULL: one that is not known here. */
const struct dissect_http_field *dissect_http_field(struct span name);

#endif
