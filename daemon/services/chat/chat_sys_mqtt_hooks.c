/* chat_sys_mqtt_hooks.c — what libmosquitto calls. */
#include "services/chat/chat_sys_mqtt_hooks.h"

#include "core/log.h"

#include <mqtt_protocol.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	FILTERS = 3,
	PROPERTIES_MAX = 8, /* user properties that are looked at */
};

/* Lists first, so that who says something is known. */
static void
subscribe(struct chat_sys_mqtt *mqtt)
{
	char filters[FILTERS]
	            [CHAT_BROKER_PREFIX_MAX + CHAT_BROKER_NODE_MAX + 16];
	char *pointers[FILTERS] = {filters[0], filters[1], filters[2]};
	const char *prefix = mqtt->broker->prefix;

	snprintf(filters[0], sizeof(filters[0]), "%s/presence/+", prefix);
	snprintf(filters[1], sizeof(filters[1]), "%s/direct/%s", prefix,
	    mqtt->broker->node);
	snprintf(filters[2], sizeof(filters[2]), "%s/chat/+", prefix);
	if (mosquitto_subscribe_multiple(mqtt->client, &mqtt->filters_mid,
	        FILTERS, pointers, 1, MQTT_SUB_OPT_NO_LOCAL, NULL) != 0)
		mqtt->filters_mid = 0;
}

static void
on_connect(struct mosquitto *client, void *context, int reason, int flags,
    const mosquitto_property *properties)
{
	struct chat_sys_mqtt *mqtt = context;

	(void)client;
	(void)flags;
	(void)properties;
	mqtt->reason = reason;
	mqtt->is_refused = reason != 0;
	if (reason == 0)
		subscribe(mqtt);
}

static void
on_subscribe(struct mosquitto *client, void *context, int mid, int count,
    const int *granted, const mosquitto_property *properties)
{
	struct chat_sys_mqtt *mqtt = context;

	(void)client;
	(void)properties;
	if (mid != mqtt->filters_mid || mqtt->is_ready)
		return;
	for (int i = 0; i < count; i++)
		if (granted[i] >= MQTT_RC_UNSPECIFIED) {
			mqtt->is_refused = true;
			mqtt->reason = granted[i];
			return;
		}
	mqtt->is_ready = true;
	mqtt->calls.ready(mqtt->calls.context);
}

/* The value of our user property, which the caller frees, or NULL. */
static char *
find_about(const mosquitto_property *properties)
{
	const mosquitto_property *at = properties;

	for (unsigned i = 0; i < PROPERTIES_MAX; i++) {
		char *name, *value;

		at = mosquitto_property_read_string_pair(
		    at, MQTT_PROP_USER_PROPERTY, &name, &value, i > 0);
		if (at == NULL)
			break;
		bool is_ours = strcmp(name, CHAT_SYS_MQTT_PROPERTY) == 0;

		free(name);
		if (is_ours)
			return value;
		free(value);
	}
	return NULL;
}

static void
on_message(struct mosquitto *client, void *context,
    const struct mosquitto_message *message,
    const mosquitto_property *properties)
{
	struct chat_sys_mqtt *mqtt = context;
	char *about = find_about(properties);
	const struct chat_remote_message in = {
	    .topic = message->topic,
	    .about = {(const uint8_t *)about,
	        about == NULL ? 0 : strlen(about)},
	    .payload = {message->payload, (size_t)message->payloadlen},
	    .is_retained = message->retain,
	};

	(void)client;
	mqtt->received++;
	mqtt->calls.received(mqtt->calls.context, &in);
	free(about);
}

static void
on_publish(struct mosquitto *client, void *context, int mid, int reason,
    const mosquitto_property *properties)
{
	struct chat_sys_mqtt *mqtt = context;

	(void)client;
	(void)mid;
	(void)properties;
	if (mqtt->underway > 0)
		mqtt->underway--;
	if (reason >= MQTT_RC_UNSPECIFIED && !mqtt->is_denied) {
		mqtt->is_denied = true;
		log_warn("broker: it refuses what is said here: %s",
		    mosquitto_reason_string(reason));
	}
}

/* REASON is MQTT's where the broker has said it, else libmosquitto's. */
static void
on_disconnect(struct mosquitto *client, void *context, int reason,
    const mosquitto_property *properties)
{
	struct chat_sys_mqtt *mqtt = context;

	(void)client;
	(void)properties;
	if (reason >= MQTT_RC_UNSPECIFIED)
		mqtt->reason = reason;
}

void
chat_sys_mqtt_hooks_set(struct mosquitto *client)
{
	mosquitto_connect_v5_callback_set(client, on_connect);
	mosquitto_subscribe_v5_callback_set(client, on_subscribe);
	mosquitto_message_v5_callback_set(client, on_message);
	mosquitto_publish_v5_callback_set(client, on_publish);
	mosquitto_disconnect_v5_callback_set(client, on_disconnect);
}
