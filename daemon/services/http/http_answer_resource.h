/* http_answer_resource.h — request and resource → an answer. Pure. */
#ifndef NETLAB_SERVICES_HTTP_ANSWER_RESOURCE_H
#define NETLAB_SERVICES_HTTP_ANSWER_RESOURCE_H

#include "services/http/http_answer.h"

/* The answer to REQUEST (GET or HEAD) for RESOURCE, which is no lab location:
 * 200, 206, 304, 412, 416, a redirection, or the resource's error. */
struct http_answer http_answer_resource(const struct http_answer_to *to,
    const struct http_request *request, const struct http_resource *resource);

#endif
