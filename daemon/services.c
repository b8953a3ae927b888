/* services.c — the table: the one file that names every service. */
#include "service.h"

#include "services/chargen/chargen.h"
#include "services/chat/chat.h"
#include "services/clock/clock.h"
#include "services/daytime/daytime.h"
#include "services/discard/discard.h"
#include "services/dns/dns.h"
#include "services/echo/echo.h"
#include "services/hello/hello.h"
#include "services/http/http.h"
#include "services/ntp/ntp.h"
#include "services/qotd/qotd.h"
#include "services/time/time.h"
#include "services/upper/upper.h"

/* A new service goes to the end: its index is part of images and counters. */
const struct service *const services[] = {
    &http_service,
    &dns_service,
    &ntp_service,
    &time_service,
    &daytime_service,
    &echo_service,
    &clock_service,
    &discard_service,
    &upper_service,
    &chargen_service,
    &hello_service,
    &chat_service,
    &qotd_service,
};

const unsigned services_count = sizeof(services) / sizeof(services[0]);

_Static_assert(sizeof(services) / sizeof(services[0]) <= STATS_SERVICE_MAX,
    "every service has its counters");
