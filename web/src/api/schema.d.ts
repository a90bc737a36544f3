export interface paths {
    "/api/api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the API keys */
        get: operations["list-api-keys"];
        put?: never;
        /** Make an API key */
        post: operations["create-api-key"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/api-keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Revoke an API key */
        delete: operations["revoke-api-key"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List who changed what */
        get: operations["list-audit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Log in */
        post: operations["login"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End the session */
        post: operations["logout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Tell who is logged in */
        get: operations["me"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change your own password */
        patch: operations["change-me"];
        trace?: never;
    };
    "/api/auth/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List your own sessions */
        get: operations["list-sessions"];
        put?: never;
        post?: never;
        /** End all your sessions but this one */
        delete: operations["delete-sessions"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/sessions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End one of your sessions */
        delete: operations["delete-session"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/setup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Tell whether the first administrator is still to be made */
        get: operations["get-setup"];
        put?: never;
        /** Make the first administrator and log in */
        post: operations["setup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/channel-types": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the channel types with the JSON Schemas of their configs */
        get: operations["list-channel-types"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/channels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the channels by key */
        get: operations["list-channels"];
        put?: never;
        /** Create a channel */
        post: operations["create-channel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/channels/{key}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a channel, its secrets masked */
        get: operations["get-channel"];
        /** Create or replace a channel; secrets given as •••• stay as they are */
        put: operations["put-channel"];
        post?: never;
        /** Delete a channel */
        delete: operations["delete-channel"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/channels/{key}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a message through a channel and see what the provider answers */
        post: operations["test-channel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/collections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the collections by name */
        get: operations["list-collections"];
        put?: never;
        /** Create a collection */
        post: operations["create-collection"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/collections/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a collection's schema */
        get: operations["get-collection"];
        /** Create a collection or change its schema */
        put: operations["put-collection"];
        post?: never;
        /** Delete a collection with its records */
        delete: operations["delete-collection"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/collections/{name}/records": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List records */
        get: operations["list-records"];
        put?: never;
        /** Create a record, or a list of them */
        post: operations["create-record"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/collections/{name}/records/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a record */
        get: operations["get-record"];
        /** Replace a record */
        put: operations["replace-record"];
        post?: never;
        /** Delete a record */
        delete: operations["delete-record"];
        options?: never;
        head?: never;
        /** Change some fields of a record */
        patch: operations["change-record"];
        trace?: never;
    };
    "/api/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the requests received */
        get: operations["list-deliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/deliveries/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Follow the requests as they come: server-sent events, resumed with Last-Event-ID */
        get: operations["stream-deliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/deliveries/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a request with its answer; credentials are shown to administrators only */
        get: operations["get-delivery"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/deliveries/{id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Run a stored request again; 202 when it does, 200 when it was rejected again */
        post: operations["replay-delivery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/env": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the variables by name */
        get: operations["list-env"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/env/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a variable; a secret's value is null */
        get: operations["get-env"];
        /** Set a variable */
        put: operations["put-env"];
        post?: never;
        /** Delete a variable */
        delete: operations["delete-env"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/executions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the executions */
        get: operations["list-executions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/executions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read an execution with its steps */
        get: operations["get-execution"];
        put?: never;
        post?: never;
        /** Delete an execution that has ended */
        delete: operations["delete-execution"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/executions/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Cancel an execution */
        post: operations["cancel-execution"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/executions/{id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Run an execution again from a node */
        post: operations["retry-execution"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the uploaded files */
        get: operations["list-files"];
        put?: never;
        /** Upload a file, as the body with its Content-Type; at most 16 MiB */
        post: operations["upload-file"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/files/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Download a file: an upload, a record's, or one of a request */
        get: operations["download-file"];
        put?: never;
        post?: never;
        /** Give up an upload; records that hold the file keep it */
        delete: operations["delete-file"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ip-sets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the named sets of addresses */
        get: operations["list-ip-sets"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ip-sets/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a set of addresses */
        get: operations["get-ip-set"];
        /** Fill a set of addresses, as JSON or as a text file of one range a line */
        put: operations["put-ip-set"];
        post?: never;
        /** Delete a set of addresses */
        delete: operations["delete-ip-set"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ip-test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** See which address is chosen of a request's headers, and what a workflow's lists say to it */
        post: operations["test-ip"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/node-types": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the node types: texts, branches, JSON Schemas of configs and results, examples */
        get: operations["list-node-types"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/replays": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the replays of many requests */
        get: operations["list-replays"];
        put?: never;
        /** Run all stored requests again that a filter finds; with dryRun only count them */
        post: operations["start-replay"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/replays/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read how far a replay has come */
        get: operations["get-replay"];
        put?: never;
        post?: never;
        /** Abort a replay; what it has started goes on */
        delete: operations["abort-replay"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/scripts/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Run a script in the sandbox, outside any workflow; what it fetches is really sent */
        post: operations["test-script"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/stats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Count what goes on and what went wrong */
        get: operations["get-stats"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/trigger-types": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the triggers with the JSON Schemas of their configs */
        get: operations["list-trigger-types"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the users */
        get: operations["list-users"];
        put?: never;
        /** Add a user */
        post: operations["create-user"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/users/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a user */
        get: operations["get-user"];
        put?: never;
        post?: never;
        /** Delete a user */
        delete: operations["delete-user"];
        options?: never;
        head?: never;
        /** Change a user's password or role */
        patch: operations["change-user"];
        trace?: never;
    };
    "/api/users/{id}/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End all sessions of a user */
        delete: operations["delete-user-sessions"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/verification-schemes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the verification schemes with the JSON Schemas of their configs */
        get: operations["list-verification-schemes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workflows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the workflows */
        get: operations["list-workflows"];
        put?: never;
        /** Create a workflow */
        post: operations["create-workflow"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workflows/{key}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a workflow as it is published */
        get: operations["get-workflow"];
        /** Create or replace a workflow: publish it as a new revision, or with draft=true replace its draft */
        put: operations["put-workflow"];
        post?: never;
        /** Delete a workflow; its executions and deliveries stay */
        delete: operations["delete-workflow"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workflows/{key}/diff": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Compare two revisions, node by node */
        get: operations["diff-workflow"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workflows/{key}/disable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Disable a workflow */
        post: operations["disable-workflow"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workflows/{key}/draft": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read the draft, or what is published when there is none */
        get: operations["get-draft"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workflows/{key}/duplicate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make a disabled copy of a workflow */
        post: operations["duplicate-workflow"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workflows/{key}/enable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Enable a workflow */
        post: operations["enable-workflow"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workflows/{key}/listen": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Wait for the next request, also while the workflow is disabled or a draft, and keep it as the sample. Server-sent events: sample, which ends it; delivery, for a request that makes none; timeout */
        get: operations["listen-workflow"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workflows/{key}/publish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Publish the draft */
        post: operations["publish-workflow"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workflows/{key}/revisions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List what was published */
        get: operations["list-revisions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workflows/{key}/revisions/{n}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a revision */
        get: operations["get-revision"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workflows/{key}/revisions/{n}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Publish a revision's document again */
        post: operations["restore-revision"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workflows/{key}/run": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Run a workflow now and wait for its end; 202 when it takes longer */
        post: operations["run-workflow"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workflows/{key}/sample": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read what the workflow is tried with; 404 when there is nothing yet */
        get: operations["get-sample"];
        /** Take a request, an execution or a $context as the sample */
        put: operations["put-sample"];
        post?: never;
        /** Delete the sample */
        delete: operations["delete-sample"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        APIKey: {
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            expiresAt: string | null;
            id: string;
            /** Format: date-time */
            lastUsedAt: string | null;
            name: string;
            /** Format: date-time */
            revokedAt: string | null;
            role: string;
        };
        AuditEntry: {
            /** @description create, update, delete … */
            action: string;
            actor: components["schemas"]["AuditEntryActorStruct"];
            after: unknown;
            /** Format: date-time */
            at: string;
            /** @description What it was; null when there is nothing to show */
            before: unknown;
            id: string;
            ip: string;
            object: components["schemas"]["AuditEntryObjectStruct"];
        };
        AuditEntryActorStruct: {
            id: string;
            name: string;
            /** @enum {string} */
            type: "user" | "api_key" | "system" | "nobody";
        };
        AuditEntryObjectStruct: {
            /** @description Key, name or id */
            id: string;
            /** @description workflow, collection, record, env, user, api_key … */
            kind: string;
        };
        ChangeItem: {
            /** @description What stands there; of a node without those under it */
            after?: unknown;
            /** @description What stood there; for what was moved, its former pointer */
            before?: unknown;
            /** @enum {string} */
            kind: "added" | "removed" | "moved" | "changed";
            /** @description Key of the node that it is about; null for the rest of the document */
            node: string | null;
            /** @description JSON pointer into the newer document; for what was removed, into the older one */
            pointer: string;
        };
        ChannelAnswerBody: {
            /** @description What the provider answered */
            body: unknown;
            /** Format: double */
            durationMs: number;
            /** @description null when the message was taken */
            error: string | null;
            /** @description The provider has taken the message */
            ok: boolean;
            /**
             * Format: int64
             * @description HTTP status, or SMTP reply code, of the provider; 0 when it did not answer
             */
            status: number;
        };
        ChannelView: {
            /** @description Secrets are shown as •••• */
            config: unknown;
            /** Format: date-time */
            createdAt: string;
            key: string;
            kind: string;
            title: string;
            type: string;
            /** Format: date-time */
            updatedAt: string;
        };
        Check: {
            check: string;
            code?: string;
            detail?: string;
            ok: boolean;
            remedy?: string;
        };
        Collection: {
            /**
             * Kind
             * @description Always Collection
             * @default Collection
             * @enum {string}
             */
            kind: "Collection";
            /**
             * Name
             * @description Unique name: a letter, then letters, digits and _, at most 63
             */
            name: string;
            /**
             * Title
             * @description Name shown to people
             */
            title?: string;
            /**
             * Fields
             * @description Columns
             */
            fields?: {
                /**
                 * Id
                 * @description Given by the server; sent back with another name, the field is renamed
                 */
                id?: string;
                /**
                 * Name
                 * @description Unique in the collection
                 */
                name: string;
                /**
                 * Type
                 * @description Field type
                 */
                type: string;
                /**
                 * Title
                 * @description Name shown to people
                 */
                title?: string;
                /**
                 * Required
                 * @description A record must have a value
                 */
                required?: boolean;
                /**
                 * Unique
                 * @description No two records have the same value
                 */
                unique?: boolean;
                /**
                 * Index
                 * @description Filters and sorting by it are fast
                 */
                index?: boolean;
                /**
                 * Default
                 * @description Value of a new record that names none
                 */
                default?: unknown;
                /**
                 * Options
                 * @description Settings of the type
                 */
                options?: {
                    /**
                     * Choices
                     * @description select: the values allowed
                     */
                    choices?: string[];
                    /**
                     * Max length
                     * @description string: longest text, in characters
                     */
                    maxLength?: number;
                    /**
                     * Collection
                     * @description relation: the other collection
                     */
                    collection?: string;
                    /**
                     * Kind
                     * @description relation: one, the default, keeps the id of a record of the other collection; many are its records that refer to this one
                     * @enum {string}
                     */
                    kind?: "one" | "many";
                    /**
                     * Field
                     * @description relation, many: the field of the other collection that refers to this one
                     */
                    field?: string;
                    /**
                     * On delete
                     * @description relation, one: what happens when the other record is deleted; default setNull, or restrict where the field is required
                     * @enum {string}
                     */
                    onDelete?: "setNull" | "restrict" | "cascade";
                };
                /**
                 * Previous name
                 * @description Former name: the field that still has it is renamed
                 */
                previousName?: string;
            }[];
            /**
             * Previous name
             * @description Former name: the collection that still has it is renamed
             */
            previousName?: string;
            /**
             * Created at
             * Format: date-time
             */
            createdAt?: string;
            /**
             * Updated at
             * Format: date-time
             */
            updatedAt?: string;
        };
        CollectionView: {
            /** Format: date-time */
            createdAt?: string;
            /** @description Columns */
            fields: components["schemas"]["Field"][] | null;
            /**
             * @description Always Collection
             * @default Collection
             * @enum {string}
             */
            kind: "Collection";
            /** @description Unique name: a letter, then letters, digits and _, at most 63 */
            name: string;
            /** @description What the change would do; of a dry run only */
            preview?: components["schemas"]["SchemaChange"];
            /** @description Former name: the collection that still has it is renamed */
            previousName?: string;
            /** @description Name shown to people */
            title?: string;
            /** Format: date-time */
            updatedAt?: string;
        };
        CountsBody: {
            /** @description Requests that were not accepted, by outcome */
            deliveries: {
                [key: string]: number;
            };
            /** @description Executions that go on or did not succeed, by status */
            executions: {
                [key: string]: number;
            };
            /** @description What was deleted because of its age; null before the first sweep */
            retention: components["schemas"]["Tally"];
            /** Format: int64 */
            workflows: number;
        };
        Delivery: {
            /** @description What was answered; null for a plain acknowledgement that status tells whole */
            answer: components["schemas"]["ShownResponse"];
            request: components["schemas"]["ShownRequest"];
        };
        DeliveryItem: {
            /**
             * Format: int64
             * @description Bytes, after content decoding
             */
            bodySize: number;
            /** @description Why, in words */
            detail: string;
            execution: string | null;
            id: string;
            ip: string;
            method: string;
            /** @enum {string} */
            outcome: "accepted" | "rejected" | "duplicate" | "filtered" | "handshake";
            /** @description Below /api/webhooks/ */
            path: string;
            /** @description Code; empty when accepted */
            reason: string;
            /** Format: date-time */
            receivedAt: string;
            replayOf: string | null;
            /**
             * Format: int64
             * @description HTTP status answered
             */
            status: number;
            url: string;
            /** @description What the verification saw */
            verification: components["schemas"]["Report"];
            /** @description Key; null when no workflow has the path */
            workflow: string | null;
        };
        DeliveryList: {
            items: components["schemas"]["DeliveryItem"][];
            /** @description Of the next page; null on the last one */
            nextCursor: string | null;
            /**
             * Format: int64
             * @description How many were read, when q, header or body is looked for: the page may then have fewer items than there are, and its cursor goes on
             */
            scanned?: number;
            /**
             * Format: int64
             * @description How many there are in all, with count=true; left out when too much would have to be read for it
             */
            total?: number;
        };
        Execution: {
            /** @description $context of a run without a delivery */
            input: unknown;
            output: unknown;
            /** @description What a response node answered */
            response: components["schemas"]["ShownResponse"];
            steps: components["schemas"]["Step"][];
        };
        ExecutionItem: {
            /** Format: date-time */
            createdAt: string;
            /** @description The request that started it */
            delivery: string | null;
            /** @description Why it did not succeed */
            error: string;
            /** Format: date-time */
            finishedAt: string | null;
            id: string;
            /** @description The execution that waits for this one */
            parent: string | null;
            retryOf: string | null;
            /**
             * Format: int64
             * @description Number; 0 for a draft
             */
            revision: number;
            /** Format: date-time */
            startedAt: string | null;
            /** @enum {string} */
            startedBy: "webhook" | "manual" | "retry" | "replay" | "call" | "error";
            /** @enum {string} */
            status: "queued" | "running" | "waiting" | "succeeded" | "failed" | "error" | "aborted" | "cancelled" | "rejected";
            /** @description Key */
            workflow: string;
        };
        Field: {
            /** @description Value of a new record that names none */
            default?: unknown;
            /** @description Given by the server; sent back with another name, the field is renamed */
            id?: string;
            /** @description Filters and sorting by it are fast */
            index?: boolean;
            /** @description Unique in the collection */
            name: string;
            /** @description Settings of the type */
            options?: components["schemas"]["FieldOptions"];
            /** @description Former name: the field that still has it is renamed */
            previousName?: string;
            /** @description A record must have a value */
            required?: boolean;
            /** @description Name shown to people */
            title?: string;
            /** @description Field type */
            type: string;
            /** @description No two records have the same value */
            unique?: boolean;
        };
        FieldOptions: {
            /** @description select: the values allowed */
            choices?: string[] | null;
            /** @description relation: the other collection */
            collection?: string;
            /** @description relation, many: the field of the other collection that refers to this one */
            field?: string;
            /**
             * @description relation: one, the default, keeps the id of a record of the other collection; many are its records that refer to this one
             * @enum {string}
             */
            kind?: "one" | "many";
            /**
             * Format: int64
             * @description string: longest text, in characters
             */
            maxLength?: number;
            /**
             * @description relation, one: what happens when the other record is deleted; default setNull, or restrict where the field is required
             * @enum {string}
             */
            onDelete?: "setNull" | "restrict" | "cascade";
        };
        Freed: {
            /**
             * Format: int64
             * @description About what they took
             */
            bytes: number;
            /**
             * Format: int64
             * @description Requests deleted
             */
            deliveries: number;
            /**
             * Format: int64
             * @description Executions deleted
             */
            executions: number;
        };
        Header: {
            name: string;
            value: string;
        };
        HttpProblem: {
            /** @description What happened and what to do */
            detail: string;
            /** @description What is wrong, each at a JSON pointer into the body */
            errors?: components["schemas"]["Problem"][] | null;
            /**
             * Format: int64
             * @description HTTP status
             */
            status: number;
            /** @description The status in words */
            title: string;
        };
        IpHop: {
            address: string;
            chosen: boolean;
            /** @description connection, X-Forwarded-For or Forwarded */
            source: string;
            /** @description It is one of the trusted proxies, so that the next line is believed if this one was */
            trusted: boolean;
        };
        IpSet: {
            /** @description It is always there and cannot be changed */
            builtIn: boolean;
            /**
             * Format: int64
             * @description How many ranges it has
             */
            count: number;
            /** @description Allow and deny lists refer to it as @name */
            name: string;
            /** @description As CIDRs; lists leave them out */
            ranges?: string[] | null;
            /**
             * Format: date-time
             * @description null for a built-in one
             */
            updatedAt: string | null;
        };
        IpVerdictBody: {
            /** @description The client, by which lists and rate limits go */
            address: string;
            /** @description null without a workflow */
            allowed: boolean | null;
            /** @description From the connection to the farthest hop that the headers name */
            chain: components["schemas"]["IpHop"][];
            /** @description What decided; empty without a workflow */
            rule: string;
        };
        ListAPIKey: {
            items: components["schemas"]["APIKey"][];
            /** @description Of the next page; null on the last one */
            nextCursor: string | null;
            /**
             * Format: int64
             * @description How many there are in all, with count=true
             */
            total?: number;
        };
        ListAuditEntry: {
            items: components["schemas"]["AuditEntry"][];
            /** @description Of the next page; null on the last one */
            nextCursor: string | null;
            /**
             * Format: int64
             * @description How many there are in all, with count=true
             */
            total?: number;
        };
        ListChannelView: {
            items: components["schemas"]["ChannelView"][];
            /** @description Of the next page; null on the last one */
            nextCursor: string | null;
            /**
             * Format: int64
             * @description How many there are in all, with count=true
             */
            total?: number;
        };
        ListCollection: {
            items: components["schemas"]["Collection"][];
            /** @description Of the next page; null on the last one */
            nextCursor: string | null;
            /**
             * Format: int64
             * @description How many there are in all, with count=true
             */
            total?: number;
        };
        ListExecutionItem: {
            items: components["schemas"]["ExecutionItem"][];
            /** @description Of the next page; null on the last one */
            nextCursor: string | null;
            /**
             * Format: int64
             * @description How many there are in all, with count=true
             */
            total?: number;
        };
        ListIpSet: {
            items: components["schemas"]["IpSet"][];
            /** @description Of the next page; null on the last one */
            nextCursor: string | null;
            /**
             * Format: int64
             * @description How many there are in all, with count=true
             */
            total?: number;
        };
        ListRawMessage: {
            items: unknown[];
            /** @description Of the next page; null on the last one */
            nextCursor: string | null;
            /**
             * Format: int64
             * @description How many there are in all, with count=true
             */
            total?: number;
        };
        ListReplayItem: {
            items: components["schemas"]["ReplayItem"][];
            /** @description Of the next page; null on the last one */
            nextCursor: string | null;
            /**
             * Format: int64
             * @description How many there are in all, with count=true
             */
            total?: number;
        };
        ListRevisionItem: {
            items: components["schemas"]["RevisionItem"][];
            /** @description Of the next page; null on the last one */
            nextCursor: string | null;
            /**
             * Format: int64
             * @description How many there are in all, with count=true
             */
            total?: number;
        };
        ListSession: {
            items: components["schemas"]["Session"][];
            /** @description Of the next page; null on the last one */
            nextCursor: string | null;
            /**
             * Format: int64
             * @description How many there are in all, with count=true
             */
            total?: number;
        };
        ListUploadedFile: {
            items: components["schemas"]["UploadedFile"][];
            /** @description Of the next page; null on the last one */
            nextCursor: string | null;
            /**
             * Format: int64
             * @description How many there are in all, with count=true
             */
            total?: number;
        };
        ListUser: {
            items: components["schemas"]["User"][];
            /** @description Of the next page; null on the last one */
            nextCursor: string | null;
            /**
             * Format: int64
             * @description How many there are in all, with count=true
             */
            total?: number;
        };
        ListVariable: {
            items: components["schemas"]["Variable"][];
            /** @description Of the next page; null on the last one */
            nextCursor: string | null;
            /**
             * Format: int64
             * @description How many there are in all, with count=true
             */
            total?: number;
        };
        ListWorkflowItem: {
            items: components["schemas"]["WorkflowItem"][];
            /** @description Of the next page; null on the last one */
            nextCursor: string | null;
            /**
             * Format: int64
             * @description How many there are in all, with count=true
             */
            total?: number;
        };
        Log: {
            /** Format: date-time */
            at: string;
            level: string;
            text: string;
        };
        MadeKeyBody: {
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            expiresAt: string | null;
            id: string;
            /** @description The key; it is never shown again */
            key: string;
            name: string;
            role: string;
        };
        MeBody: {
            id: string;
            /** @description E-mail address of the user, or name of the key */
            name: string;
            role: string;
            /**
             * @description What logged in
             * @enum {string}
             */
            type: "user" | "api_key";
        };
        NodeCatalogue: {
            /** @description What every node has beside its config: a JSON Schema, and branches */
            common: unknown;
        };
        Problem: {
            detail: string;
            pointer: string;
        };
        ReplayFailure: {
            delivery: string;
            reason: string;
        };
        ReplayItem: {
            /** Format: date-time */
            createdAt: string;
            createdBy: string;
            /**
             * Format: int64
             * @description Those that run again
             */
            done: number;
            /**
             * Format: int64
             * @description Those that could not, or were rejected again
             */
            failed: number;
            /** @description The first of these */
            failures: components["schemas"]["ReplayFailure"][];
            /** @description As it was given */
            filter: unknown;
            /** Format: date-time */
            finishedAt: string | null;
            id: string;
            /** @enum {string} */
            revision: "original" | "current" | "draft";
            /** @enum {string} */
            status: "running" | "succeeded" | "aborted";
            /**
             * Format: int64
             * @description Deliveries found at the start
             */
            total: number;
        };
        Report: {
            checks: components["schemas"]["Check"][] | null;
            ok: boolean;
            scheme: string;
        };
        RevisionItem: {
            /** Format: date-time */
            createdAt: string;
            createdBy: string;
            id: string;
            /** Format: int64 */
            number: number;
        };
        RunResultBody: {
            /** @description Why it did not succeed */
            error?: string;
            execution: string;
            output: unknown;
            /** @description What a response node answered */
            response: components["schemas"]["ShownResponse"];
            status: string;
        };
        SampleItem: {
            /** @description $context */
            context: unknown;
            /** @description The request in the log; it may be gone by now */
            delivery: string | null;
            /** @description Why, in words */
            detail: string;
            /** @description Whose results are in steps */
            execution: string | null;
            /**
             * @description Where it was taken from
             * @enum {string}
             */
            from: "listen" | "delivery" | "execution" | "manual";
            id: string;
            /**
             * @description What became of the request
             * @enum {string|null}
             */
            outcome: "accepted" | "rejected" | "duplicate" | "filtered" | "handshake" | null;
            /** @description Code of the rejection */
            reason: string | null;
            /** @description As the body of /run takes it; null when there is a $context alone */
            request: components["schemas"]["SampleRequest"];
            /** @description Results by node key, to be pinned; null when no execution belongs to the sample */
            steps: {
                [key: string]: unknown;
            };
            /** Format: date-time */
            takenAt: string;
            /** @description Name of the user or API key */
            takenBy: string;
            /** @description What the verification saw */
            verification: components["schemas"]["Report"];
            /** @description Whether it passed the verification; with the scheme none every request does */
            verified: boolean;
        };
        SampleRequest: {
            /** @description JSON when the request is JSON, else its text, or {base64} */
            body: unknown;
            /** @description Lines of the same name are joined by commas */
            headers: {
                [key: string]: string;
            };
            method: string;
            /** @description Path parameters */
            params: unknown;
            /** @description As it stands in the URL */
            query: string;
            url: string;
        };
        SchemaChange: {
            /** @description In their order */
            changes: components["schemas"]["SchemaStep"][] | null;
            /** @description The collection is new */
            created: boolean;
            /** @description Why it cannot be done */
            problems?: components["schemas"]["Problem"][] | null;
        };
        SchemaStep: {
            /**
             * @description What is done
             * @enum {string}
             */
            action: "create" | "rename" | "add" | "retype" | "set" | "drop" | "reorder" | "title";
            /** @description Name of the field; none: the collection */
            field?: string;
            /** @description Name or type before */
            from?: string;
            /**
             * Format: int64
             * @description How many records' values are converted, filled in or lost
             */
            records: number;
            /** @description Name or type after */
            to?: string;
        };
        ScriptError: {
            /** Format: int64 */
            column: number;
            /** @enum {string} */
            kind: "error" | "syntax" | "timeout" | "memory" | "too_large" | "lost";
            /**
             * Format: int64
             * @description 0 when it is not known
             */
            line: number;
            message: string;
            /** @description Lines count from the first of the code */
            stack: string;
        };
        ScriptLog: {
            /**
             * Format: double
             * @description Milliseconds since the start
             */
            atMs: number;
            /** @enum {string} */
            level: "log" | "info" | "warn" | "error" | "debug";
            text: string;
        };
        ScriptResultBody: {
            /** Format: double */
            durationMs: number;
            /** @description null when it succeeded */
            error: components["schemas"]["ScriptError"];
            logs: components["schemas"]["ScriptLog"][] | null;
            /** @description What the code returned */
            result: unknown;
        };
        Session: {
            /** Format: date-time */
            createdAt: string;
            current: boolean;
            /** Format: date-time */
            expiresAt: string;
            id: string;
            ip: string;
            /** Format: date-time */
            lastUsedAt: string;
            userAgent: string;
        };
        SetupStateBody: {
            /** @description Whether there is no user yet */
            needed: boolean;
        };
        ShownRequest: {
            /** @description After content decoding: its text, or {base64} */
            body: unknown;
            headers: components["schemas"]["Header"][];
            method: string;
            url: string;
        };
        ShownResponse: {
            /** @description JSON when the answer is JSON, else its text, or {base64} */
            body: unknown;
            headers: {
                [key: string]: string;
            };
            /** Format: int64 */
            status: number;
        };
        StartedBody: {
            execution: string;
        };
        Step: {
            assign?: {
                [key: string]: unknown;
            };
            /** Format: int64 */
            attempt: number;
            /** Format: double */
            durationMs: number;
            error?: string;
            input?: unknown;
            logs?: components["schemas"]["Log"][] | null;
            nodeKey: string;
            output?: unknown;
            path: string;
            sealed?: string;
            /** Format: date-time */
            startedAt: string;
            status: string;
            type: string;
        };
        Tally: {
            /**
             * Format: date-time
             * @description When the last sweep began
             */
            at: string;
            /** @description What it deleted */
            last: components["schemas"]["Freed"];
            /** @description What all sweeps have deleted */
            total: components["schemas"]["Freed"];
        };
        UploadedFile: {
            contentType: string;
            filename: string;
            /** @description Of the content: the same file has the same one */
            id: string;
            /**
             * Format: int64
             * @description Bytes
             */
            size: number;
            /** Format: date-time */
            uploadedAt: string;
        };
        User: {
            /** Format: date-time */
            createdAt: string;
            email: string;
            id: string;
            role: string;
        };
        Variable: {
            name: string;
            secret: boolean;
            /** Format: date-time */
            updatedAt: string;
            /** @description null for a secret: it is write-only */
            value: string | null;
        };
        WorkflowDiff: {
            /** @description Those of the document, then of the nodes in order, then the nodes that are gone */
            changes: components["schemas"]["ChangeItem"][];
            /** @description The older revision; its number is 0 when it is a draft */
            from: components["schemas"]["RevisionItem"];
            /** @description The newer one */
            to: components["schemas"]["RevisionItem"];
            /** @description There are more changes than are listed */
            truncated: boolean;
        };
        WorkflowItem: {
            /** Format: date-time */
            createdAt: string;
            enabled: boolean;
            hasDraft: boolean;
            id: string;
            key: string;
            /**
             * Format: int64
             * @description Number of the published revision; 0 before the first
             */
            revision: number;
            title: string;
            /** Format: date-time */
            updatedAt: string;
        };
        Channel: {
            /**
             * Kind
             * @description Always Channel
             * @default Channel
             * @enum {string}
             */
            kind: "Channel";
            /**
             * Key
             * @description Unique name: a-z, 0-9 and -, at most 64 characters
             */
            key: string;
            /**
             * Title
             * @description Name shown to people
             */
            title?: string;
            /**
             * Type
             * @description Channel type
             */
            type: string;
            /**
             * Config
             * @description Settings of the channel type; strings may hold {{$env.NAME}}. A secret that is shown as •••• stays as it is
             */
            config?: unknown;
        };
        ChannelTest: {
            /**
             * To
             * @description A recipient, or a list of them
             */
            to?: unknown;
            /**
             * Title
             * @description Title, or the subject of a mail
             */
            title?: string;
            /**
             * Text
             * @description Plain text; without any content a sentence that says it is a test
             */
            text?: string;
            /**
             * Markdown
             * @description Markdown of the provider's kind
             */
            markdown?: string;
            /**
             * HTML
             * @description HTML of a mail
             */
            html?: string;
            /**
             * Template
             * @description Template that the provider keeps
             */
            template?: string;
            /**
             * Params
             * @description What fills the template in
             */
            params?: unknown;
        };
        CopyOf: {
            /**
             * Key
             * @description Key of the copy
             */
            key: string;
            /**
             * Title
             * @description Title of the copy; that of the original when left out
             */
            title?: string;
        };
        Credentials: {
            /**
             * Email
             * @description E-mail address
             */
            email: string;
            /**
             * Password
             * @description Password
             */
            password: string;
        };
        EnvValue: {
            /**
             * Value
             * @description The value, at most 64 KiB
             */
            value: string;
            /**
             * Secret
             * @description Encrypt the value, mask it everywhere and never show it again
             */
            secret?: boolean;
        };
        IpRanges: {
            /**
             * Ranges
             * @description Addresses and CIDRs, IPv4 and IPv6; what is after # is a comment
             */
            ranges: string[];
        };
        IpTest: {
            /**
             * Remote
             * @description Address of the connection, with or without its port
             */
            remote: string;
            /**
             * Headers
             * @description X-Forwarded-For or Forwarded, as the request has them
             */
            headers?: {
                [key: string]: string;
            };
            /**
             * Workflow
             * @description Key of the workflow whose lists decide
             */
            workflow?: string;
        };
        ManyBody: {
            /**
             * Filter
             * @description Which deliveries
             */
            filter: {
                /**
                 * Workflow
                 * @description Key
                 */
                workflow?: string;
                /**
                 * Outcome
                 * @description What became of it
                 * @enum {string}
                 */
                outcome?: "accepted" | "rejected" | "duplicate" | "filtered" | "handshake";
                /**
                 * Reason
                 * @description Code of the rejection
                 */
                reason?: string;
                /**
                 * Status
                 * @description HTTP status answered
                 */
                status?: number;
                /**
                 * Method
                 * @description Method
                 */
                method?: string;
                /**
                 * Ip
                 * @description Address of the client
                 */
                ip?: string;
                /**
                 * Execution
                 * @description Id of the execution it started
                 */
                execution?: string;
                /**
                 * Replay of
                 * @description Id of the delivery it repeats
                 */
                replayOf?: string;
                /**
                 * From
                 * Format: date-time
                 * @description Not before
                 */
                from?: string;
                /**
                 * To
                 * Format: date-time
                 * @description Before
                 */
                to?: string;
                /**
                 * Q
                 * @description Text to look for in URL, address, detail, headers and body
                 */
                q?: string;
                /**
                 * Header
                 * @description Name:text, a header that holds the text, or the name alone
                 */
                header?: string;
                /**
                 * Body
                 * @description path:value, a member of the body that is the value, or the path alone
                 */
                body?: string;
            };
            /**
             * Revision
             * @description What runs: the revision of the first run, the published one, or the draft
             * @default current
             * @enum {string}
             */
            revision: "original" | "current" | "draft";
            /**
             * Dry run
             * @description Only count
             */
            dryRun?: boolean;
        };
        NewKey: {
            /**
             * Name
             * @description What the key is for
             */
            name: string;
            /**
             * Role
             * @description What the key may do
             * @enum {string}
             */
            role: "viewer" | "editor" | "admin";
            /**
             * Expires at
             * Format: date-time
             * @description When it stops to work; never when left out
             */
            expiresAt?: string;
        };
        NewUser: {
            /**
             * Email
             * @description E-mail address
             */
            email: string;
            /**
             * Password
             * @description At least 10 characters
             */
            password: string;
            /**
             * Role
             * @description What the user may do
             * @enum {string}
             */
            role: "viewer" | "editor" | "admin";
        };
        OwnChange: {
            /**
             * Current password
             * @description The password now
             */
            currentPassword: string;
            /**
             * Password
             * @description The new one: at least 10 characters; it ends your other sessions
             */
            password: string;
        };
        ReplayBody: {
            /**
             * Revision
             * @description What runs: the revision of the first run, the published one, or the draft
             * @default current
             * @enum {string}
             */
            revision: "original" | "current" | "draft";
            /**
             * Force
             * @description Let a rejected request in unverified; administrators only
             */
            force?: boolean;
        };
        RetryBody: {
            /**
             * From
             * @description Key of the node to begin at; the results before it are kept. Default: the first node that did not succeed
             */
            from?: string;
            /**
             * Context
             * @description Another $context; default the same
             */
            context?: unknown;
            /**
             * Results
             * @description Other results of the nodes before, by key
             */
            results?: unknown;
        };
        RunBody: {
            /**
             * Request
             * @description A request, parsed as one to a webhook
             */
            request?: {
                /**
                 * Method
                 * @description Method
                 * @default POST
                 * @enum {string}
                 */
                method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
                /**
                 * Headers
                 * @description Headers
                 */
                headers?: {
                    [key: string]: string;
                };
                /**
                 * Query
                 * @description An object, or a query string
                 */
                query?: unknown;
                /**
                 * Body
                 * @description Any JSON; a string is sent as it is when the Content-Type says so
                 */
                body?: unknown;
                /**
                 * Params
                 * @description Path parameters
                 */
                params?: {
                    [key: string]: string;
                };
            };
            /**
             * Context
             * @description Any JSON, taken as $context
             */
            context?: unknown;
            /**
             * Node
             * @description Run this node alone, with pins for what it reads of others
             */
            node?: string;
            /**
             * Until
             * @description End after this node
             */
            until?: string;
            /**
             * Pins
             * @description Results of nodes that are not to run, by key
             */
            pins?: unknown;
            /**
             * Dry run
             * @description Run no node that writes, calls or waits; default true with node or until, else false
             */
            dryRun?: boolean;
        };
        SampleBody: {
            /**
             * Delivery
             * @description Id of a request that was received
             */
            delivery?: string;
            /**
             * Execution
             * @description Id of an execution: what it was started with, and its results as steps
             */
            execution?: string;
            /**
             * Request
             * @description A request, parsed as one to the webhook
             */
            request?: {
                /**
                 * Method
                 * @description Method
                 * @default POST
                 * @enum {string}
                 */
                method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
                /**
                 * Headers
                 * @description Headers
                 */
                headers?: {
                    [key: string]: string;
                };
                /**
                 * Query
                 * @description An object, or a query string
                 */
                query?: unknown;
                /**
                 * Body
                 * @description Any JSON; a string is sent as it is when the Content-Type says so
                 */
                body?: unknown;
                /**
                 * Params
                 * @description Path parameters
                 */
                params?: {
                    [key: string]: string;
                };
            };
            /**
             * Context
             * @description Any JSON, taken as $context
             */
            context?: unknown;
        };
        ScriptTest: {
            /**
             * Code
             * @description Body of an async function
             */
            code: string;
            /**
             * Params
             * @description An object; each of its values is a global of its name
             */
            params?: unknown;
            /**
             * Context
             * @description What context holds
             */
            context?: unknown;
            /**
             * Steps
             * @description What steps holds
             */
            steps?: unknown;
            /**
             * Env
             * @description Names of the variables that env has; only an administrator may name secrets
             */
            env?: string[];
            /**
             * Timeout
             * @description Longest time it may run
             * @default 5s
             */
            timeout: string | number;
        };
        Setup: {
            /**
             * Token
             * @description The one-time token that the server printed at its start
             */
            token: string;
            /**
             * Email
             * @description E-mail address
             */
            email: string;
            /**
             * Password
             * @description At least 10 characters
             */
            password: string;
        };
        UserChange: {
            /**
             * Password
             * @description A new password; it ends the user's sessions
             */
            password?: string;
            /**
             * Role
             * @description What the user may do
             * @enum {string}
             */
            role?: "viewer" | "editor" | "admin";
        };
        Workflow: {
            /**
             * Kind
             * @description Always Workflow
             * @default Workflow
             * @enum {string}
             */
            kind: "Workflow";
            /**
             * Key
             * @description Unique name: a-z, 0-9 and -, at most 64 characters
             */
            key: string;
            /**
             * Title
             * @description Name shown to people
             */
            title?: string;
            /**
             * Enabled
             * @description Whether requests run it
             */
            enabled?: boolean;
            /**
             * Options
             * @description Limits and housekeeping
             */
            options?: {
                /**
                 * Timeout
                 * @description Longest time of a whole execution; 0 = none
                 */
                timeout?: string | number;
                /**
                 * Concurrency
                 * @description Most executions at once; 0 = no limit, 1 = strictly in order of arrival
                 */
                concurrency?: number;
                /**
                 * Retain
                 * @description How long records are kept
                 */
                retain?: {
                    /**
                     * Succeeded
                     * @description Executions that succeeded
                     */
                    succeeded?: string | number;
                    /**
                     * Failed
                     * @description Executions that did not
                     */
                    failed?: string | number;
                    /**
                     * Deliveries
                     * @description Requests received
                     */
                    deliveries?: string | number;
                };
                /**
                 * On error
                 * @description Key of a workflow to run with the failed execution
                 */
                onError?: string;
            };
            /**
             * Trigger
             * @description What starts it
             */
            trigger: {
                /**
                 * Type
                 * @description webhook, or manual: only run by /run and call nodes
                 * @enum {string}
                 */
                type: "webhook" | "manual";
                /**
                 * Config
                 * @description Settings of the trigger
                 */
                config?: unknown;
            };
            /**
             * Nodes
             * @description What it does, in order
             */
            nodes?: components["schemas"]["Workflow"]["$defs"]["hookflow.Node"][];
            $defs: {
                "hookflow.Node": {
                    /**
                     * Key
                     * @description Unique in the workflow
                     */
                    key: string;
                    /**
                     * Type
                     * @description Node type
                     */
                    type: string;
                    /**
                     * Title
                     * @description Name shown to people
                     */
                    title?: string;
                    /**
                     * Disabled
                     * @description Skip this node
                     */
                    disabled?: boolean;
                    /**
                     * Timeout
                     * @description Longest time of one attempt; 0 = none
                     */
                    timeout?: string | number;
                    /**
                     * Retry
                     * @description Try again after an error
                     */
                    retry?: {
                        /**
                         * Attempts
                         * @description How often at most, the first included
                         */
                        attempts: number;
                        /**
                         * Backoff
                         * @description How the wait grows
                         * @default fixed
                         * @enum {string}
                         */
                        backoff: "fixed" | "exponential";
                        /**
                         * Interval
                         * @description The first wait
                         * @default 1s
                         */
                        interval: string | number;
                        /**
                         * On crash
                         * @description A node in flight when the process died: run it again, or fail
                         * @default retry
                         * @enum {string}
                         */
                        onCrash: "retry" | "fail";
                    };
                    /**
                     * On error
                     * @description What an error does: fail the execution, continue after the node, or run its error branch
                     * @default fail
                     * @enum {string}
                     */
                    onError: "fail" | "continue" | "branch";
                    /**
                     * Config
                     * @description Settings of the node type; strings may hold {{variables}}
                     */
                    config?: unknown;
                    /**
                     * Branches
                     * @description Nodes under this one, by branch
                     */
                    branches?: {
                        [key: string]: components["schemas"]["Workflow"]["$defs"]["hookflow.Node"][];
                    };
                };
            };
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    "list-api-keys": {
        parameters: {
            query?: {
                /** @description Most items */
                limit?: number;
                /** @description nextCursor of the page before */
                cursor?: string;
                /** @description Also count all items */
                count?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListAPIKey"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "create-api-key": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewKey"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MadeKeyBody"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "revoke-api-key": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "list-audit": {
        parameters: {
            query?: {
                /** @description Most items */
                limit?: number;
                /** @description nextCursor of the page before */
                cursor?: string;
                /** @description Also count all items */
                count?: boolean;
                /** @description Id or name of who did it */
                actor?: string;
                action?: string;
                /** @description Kind of the object */
                kind?: string;
                /** @description Key, name or id of the object */
                object?: string;
                from?: string;
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListAuditEntry"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    login: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Credentials"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "Set-Cookie"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    logout: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    "Set-Cookie"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    me: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MeBody"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "change-me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OwnChange"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "list-sessions": {
        parameters: {
            query?: {
                /** @description Most items */
                limit?: number;
                /** @description nextCursor of the page before */
                cursor?: string;
                /** @description Also count all items */
                count?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListSession"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "delete-sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "delete-session": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "get-setup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SetupStateBody"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    setup: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Setup"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    "Set-Cookie"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "list-channel-types": {
        parameters: {
            query?: {
                /** @description Most items */
                limit?: number;
                /** @description nextCursor of the page before */
                cursor?: string;
                /** @description Also count all items */
                count?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListRawMessage"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "list-channels": {
        parameters: {
            query?: {
                /** @description Most items */
                limit?: number;
                /** @description nextCursor of the page before */
                cursor?: string;
                /** @description Also count all items */
                count?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListChannelView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "create-channel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Channel"];
                "application/yaml": components["schemas"]["Channel"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChannelView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "get-channel": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChannelView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "put-channel": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Channel"];
                "application/yaml": components["schemas"]["Channel"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChannelView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "delete-channel": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "test-channel": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ChannelTest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChannelAnswerBody"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "list-collections": {
        parameters: {
            query?: {
                /** @description Most items */
                limit?: number;
                /** @description nextCursor of the page before */
                cursor?: string;
                /** @description Also count all items */
                count?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListCollection"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "create-collection": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Collection"];
                "application/yaml": components["schemas"]["Collection"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CollectionView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "get-collection": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CollectionView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "put-collection": {
        parameters: {
            query?: {
                /** @description Only tell what would happen: the steps, the records concerned, the problems */
                dryRun?: boolean;
                /** @description Delete the fields that are left out, with what they hold */
                drop?: boolean;
            };
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Collection"];
                "application/yaml": components["schemas"]["Collection"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CollectionView"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "delete-collection": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "list-records": {
        parameters: {
            query?: {
                /** @description Most items */
                limit?: number;
                /** @description nextCursor of the page before */
                cursor?: string;
                /** @description Also count all items */
                count?: boolean;
                /** @description Condition in JSON: {field, op, value}, all, any, not */
                filter?: string;
                /** @description Fields, separated by commas, - in front for descending */
                sort?: string;
                /** @description Fields wanted, separated by commas */
                fields?: string;
                /** @description Relations whose records to load, separated by commas, such as customer or customer.region */
                with?: string;
                /** @description A text that one of the fields holds */
                q?: string;
            };
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListRawMessage"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "create-record": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": unknown;
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "get-record": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "replace-record": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": unknown;
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "delete-record": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "change-record": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": unknown;
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "list-deliveries": {
        parameters: {
            query?: {
                /** @description Most items */
                limit?: number;
                /** @description nextCursor of the page before */
                cursor?: string;
                /** @description Also count all items */
                count?: boolean;
                /** @description Key */
                workflow?: string;
                /** @description What became of it */
                outcome?: "accepted" | "rejected" | "duplicate" | "filtered" | "handshake";
                /** @description Code of the rejection */
                reason?: string;
                /** @description HTTP status answered */
                status?: number;
                /** @description Method */
                method?: string;
                /** @description Address of the client */
                ip?: string;
                /** @description Id of the execution it started */
                execution?: string;
                /** @description Id of the delivery it repeats */
                replayOf?: string;
                /** @description Not before */
                from?: string;
                /** @description Before */
                to?: string;
                /** @description Text to look for in URL, address, detail, headers and body */
                q?: string;
                /** @description Name:text, a header that holds the text, or the name alone */
                header?: string;
                /** @description path:value, a member of the body that is the value, or the path alone */
                body?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryList"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "stream-deliveries": {
        parameters: {
            query?: {
                /** @description Key */
                workflow?: string;
                /** @description What became of it */
                outcome?: "accepted" | "rejected" | "duplicate" | "filtered" | "handshake";
                /** @description Code of the rejection */
                reason?: string;
                /** @description HTTP status answered */
                status?: number;
                /** @description Method */
                method?: string;
                /** @description Address of the client */
                ip?: string;
                /** @description Id of the execution it started */
                execution?: string;
                /** @description Id of the delivery it repeats */
                replayOf?: string;
                /** @description Not before */
                from?: string;
                /** @description Before */
                to?: string;
                /** @description Text to look for in URL, address, detail, headers and body */
                q?: string;
                /** @description Name:text, a header that holds the text, or the name alone */
                header?: string;
                /** @description path:value, a member of the body that is the value, or the path alone */
                body?: string;
            };
            header?: {
                /** @description Id of the last event received: the stream goes on after it */
                "Last-Event-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "get-delivery": {
        parameters: {
            query?: {
                /** @description Show what is masked as it came. Administrators only; it is noted in the audit log */
                credentials?: boolean;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Delivery"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "replay-delivery": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ReplayBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryItem"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "list-env": {
        parameters: {
            query?: {
                /** @description Most items */
                limit?: number;
                /** @description nextCursor of the page before */
                cursor?: string;
                /** @description Also count all items */
                count?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListVariable"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "get-env": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Variable"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "put-env": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EnvValue"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Variable"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "delete-env": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "list-executions": {
        parameters: {
            query?: {
                /** @description Most items */
                limit?: number;
                /** @description nextCursor of the page before */
                cursor?: string;
                /** @description Also count all items */
                count?: boolean;
                /** @description Key */
                workflow?: string;
                status?: "queued" | "running" | "waiting" | "succeeded" | "failed" | "error" | "aborted" | "cancelled" | "rejected";
                /** @description Id of the request that started it, retries included */
                delivery?: string;
                /** @description Not created before */
                from?: string;
                /** @description Created before */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListExecutionItem"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "get-execution": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Execution"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "delete-execution": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "cancel-execution": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Execution"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "retry-execution": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RetryBody"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StartedBody"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "list-files": {
        parameters: {
            query?: {
                /** @description Most items */
                limit?: number;
                /** @description nextCursor of the page before */
                cursor?: string;
                /** @description Also count all items */
                count?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListUploadedFile"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "upload-file": {
        parameters: {
            query: {
                /** @description Its name */
                filename: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "*/*": string;
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UploadedFile"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "download-file": {
        parameters: {
            query?: {
                /** @description Name to save it under, instead of its own */
                filename?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "Content-Disposition"?: string;
                    "Content-Security-Policy"?: string;
                    "Content-Type"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "delete-file": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "list-ip-sets": {
        parameters: {
            query?: {
                /** @description Most items */
                limit?: number;
                /** @description nextCursor of the page before */
                cursor?: string;
                /** @description Also count all items */
                count?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListIpSet"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "get-ip-set": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IpSet"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "put-ip-set": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["IpRanges"];
                "text/plain": string;
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IpSet"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "delete-ip-set": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "test-ip": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["IpTest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IpVerdictBody"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "list-node-types": {
        parameters: {
            query?: {
                /** @description Most items */
                limit?: number;
                /** @description nextCursor of the page before */
                cursor?: string;
                /** @description Also count all items */
                count?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NodeCatalogue"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "list-replays": {
        parameters: {
            query?: {
                /** @description Most items */
                limit?: number;
                /** @description nextCursor of the page before */
                cursor?: string;
                /** @description Also count all items */
                count?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListReplayItem"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "start-replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ManyBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "get-replay": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReplayItem"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "abort-replay": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReplayItem"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "test-script": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ScriptTest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScriptResultBody"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "get-stats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CountsBody"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "list-trigger-types": {
        parameters: {
            query?: {
                /** @description Most items */
                limit?: number;
                /** @description nextCursor of the page before */
                cursor?: string;
                /** @description Also count all items */
                count?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListRawMessage"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "list-users": {
        parameters: {
            query?: {
                /** @description Most items */
                limit?: number;
                /** @description nextCursor of the page before */
                cursor?: string;
                /** @description Also count all items */
                count?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListUser"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "create-user": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewUser"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "get-user": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "delete-user": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "change-user": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UserChange"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "delete-user-sessions": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "list-verification-schemes": {
        parameters: {
            query?: {
                /** @description Most items */
                limit?: number;
                /** @description nextCursor of the page before */
                cursor?: string;
                /** @description Also count all items */
                count?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListRawMessage"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "list-workflows": {
        parameters: {
            query?: {
                /** @description Most items */
                limit?: number;
                /** @description nextCursor of the page before */
                cursor?: string;
                /** @description Also count all items */
                count?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListWorkflowItem"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "create-workflow": {
        parameters: {
            query?: {
                /** @description Save a draft only; nothing is published */
                draft?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Workflow"];
                "application/yaml": components["schemas"]["Workflow"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "get-workflow": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "put-workflow": {
        parameters: {
            query?: {
                /** @description Replace the draft only; nothing is published */
                draft?: boolean;
            };
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Workflow"];
                "application/yaml": components["schemas"]["Workflow"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "delete-workflow": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "diff-workflow": {
        parameters: {
            query?: {
                /** @description Number of a revision, published or draft */
                from?: string;
                /** @description Number of a revision, published or draft; without a draft that is the published one */
                to?: string;
            };
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkflowDiff"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "disable-workflow": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "get-draft": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "duplicate-workflow": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CopyOf"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "enable-workflow": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "listen-workflow": {
        parameters: {
            query?: {
                /** @description How long to wait, such as 90s or 10m; at most 1h */
                timeout?: string;
            };
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "publish-workflow": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "list-revisions": {
        parameters: {
            query?: {
                /** @description Most items */
                limit?: number;
                /** @description nextCursor of the page before */
                cursor?: string;
                /** @description Also count all items */
                count?: boolean;
            };
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListRevisionItem"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "get-revision": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
                n: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "restore-revision": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
                n: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "run-workflow": {
        parameters: {
            query?: {
                /** @description How long to wait, such as 30s or 2m; at most 5m */
                wait?: string;
                revision?: "published" | "draft";
            };
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RunBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunResultBody"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "get-sample": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SampleItem"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "put-sample": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SampleBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SampleItem"];
                };
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "delete-sample": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Error */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
}
