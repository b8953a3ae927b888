/* http_condition.h — If-Match and its kin (RFC 9110 §13). Pure. */
#ifndef NETLAB_SERVICES_HTTP_CONDITION_H
#define NETLAB_SERVICES_HTTP_CONDITION_H

#include "services/http/http_request.h"
#include "services/http/http_resource.h"

enum http_condition {
	HTTP_CONDITION_WHOLE,        /* 200, ignoring any range */
	HTTP_CONDITION_RANGE,        /* go on with the Range field */
	HTTP_CONDITION_NOT_MODIFIED, /* 304 */
	HTTP_CONDITION_FAILED,       /* 412 */
};

/* What REQUEST's conditions make of RESOURCE, a file that would be a 200, at
 * NOW (seconds since 1970), in the order of RFC 9110 §13.2.2. */
enum http_condition http_condition_check(const struct http_request *request,
    const struct http_resource *resource, int64_t now)
    __attribute__((warn_unused_result));

#endif
