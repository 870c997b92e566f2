// Made by `npm run api`. Do not edit.
export interface paths {
    "/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The page
         * @description One page for planners and shippers, in English and Simplified Chinese. It knows this interface alone.
         */
        get: operations["page"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit-trail": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who did what, newest first */
        get: operations["list-audit-trail"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/availability": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Room on the current plan
         * @description Free slots, tonnes, plugs and slots for dangerous goods of every leg of the voyages of one cycle, as bookings have left them at most a
         *     tenth of a second ago. Members see what is free of their own allotment too.
         */
        get: operations["get-availability"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/booking-terms": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The terms of booking
         * @description Cut-offs, the return of unused allotments, how long offers stand, and what may be booked beyond a vessel's capacity.
         */
        get: operations["get-booking-terms"];
        /**
         * Sets the terms of booking
         * @description From now on. Bookings keep the cut-offs they were made with; overbooking changes the limit of all legs that are not berthed yet, never
         *     below what is booked.
         */
        put: operations["set-booking-terms"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/bookings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Bookings, newest first
         * @description The alliance's planners see all, a member those booked through it, a shipper its own.
         */
        get: operations["list-bookings"];
        put?: never;
        /**
         * Makes a booking
         * @description On every leg of the way or on none. The same `Idempotency-Key` with the same body is answered the same for at least seven days, so a
         *     request whose answer was lost can be sent again. With `"if_full": "wait"` a booking for which there is no room joins the waiting list
         *     (`RECEIVED`); slots that come free are kept for the first who fits, and offered until a time (`PENDING_UPDATE`).
         */
        post: operations["create-booking"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/bookings/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A booking */
        get: operations["get-booking"];
        /**
         * Amends a booking
         * @description Another way between the same terminals, more boxes or fewer: if there is room for that, and otherwise everything stays as it is.
         *     `If-Match` must name the version that is amended.
         */
        put: operations["amend-booking"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/bookings/{id}/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Takes slots that have come free
         * @description For a booking of the waiting list whose slots are kept (`PENDING_UPDATE`), until `offer_until`.
         */
        post: operations["accept-booking-offer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/bookings/{id}/calendar.ics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The dates of a booking as a calendar */
        get: operations["get-booking-calendar"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/bookings/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancels a booking
         * @description Until the first barge is berthed. Its slots are offered to the first of the waiting list who fits.
         */
        post: operations["cancel-booking"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/bookings/{id}/confirmation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The confirmation of a booking, to print */
        get: operations["get-booking-confirmation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/bookings/{id}/decline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Leaves slots that have come free to the next of the waiting list */
        post: operations["decline-booking-offer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/bookings/{id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What became of a booking, oldest first
         * @description Each record carries the hash of the one before of the same booking.
         */
        get: operations["list-booking-events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/instances": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Instances, newest first */
        get: operations["list-instances"];
        put?: never;
        /**
         * Brings an instance
         * @description A zipped folder, or the tables as JSON. All that is wrong with it is said at once. The same tables again are the instance that is there
         *     already.
         */
        post: operations["bring-instance"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/instances/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One instance */
        get: operations["get-instance"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Jobs, newest first */
        get: operations["list-jobs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One job */
        get: operations["get-job"];
        put?: never;
        post?: never;
        /**
         * Cancels a job
         * @description A queued job ends at once; a running one when its worker hears of it. A job cancelled in time never gets a plan. A job that is through
         *     stays as it is, and stays readable.
         */
        delete: operations["cancel-job"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What happens to a job, as server-sent events
         * @description `state` and `progress` with an identifier each: a watcher who lost the connection sends `Last-Event-ID` and goes on after it. The stream
         *     ends after the final state, and after some minutes; then the watcher comes again.
         */
        get: operations["watch-job"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/journeys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Ways for boxes between two terminals
         * @description Every way that no other one beats in departure, arrival, changes of barges, price and emissions alike, with its cut-offs, the room left,
         *     the price item by item and the emissions. Rules of trade, customs, opening hours and the least time between two barges are kept.
         */
        get: operations["find-journeys"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Keys without their secrets, newest first */
        get: operations["list-keys"];
        put?: never;
        /** Makes a key */
        post: operations["create-key"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Revokes a key
         * @description It opens nothing from the next request on. Revoked already is no error.
         */
        delete: operations["revoke-key"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who the caller is */
        get: operations["get-me"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Members of the alliance, by code */
        get: operations["list-members"];
        put?: never;
        /** Adds a member */
        post: operations["add-member"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/plans": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Plans, newest first
         * @description Planners see drafts and withdrawn plans too.
         */
        get: operations["list-plans"];
        put?: never;
        /**
         * Asks for a plan
         * @description Answers at once with the job that makes it.
         */
        post: operations["request-plan"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/plans/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A plan
         * @description The whole document for the alliance's planners, whose ETag is the plan's content hash; others see it reduced.
         */
        get: operations["get-plan"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/plans/{id}/berths": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who holds which berth when */
        get: operations["get-plan-berths"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/plans/{id}/berths.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The berth plan as CSV */
        get: operations["get-plan-berths-csv"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/plans/{id}/carried-bookings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What became of bookings when a plan was published
         * @description Every booking that was not loaded yet is listed: carried unchanged, moved to another way that keeps what was promised, back on the
         *     waiting list, or stranded with the reason. The booking itself names the best other way.
         */
        get: operations["list-carried-bookings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/plans/{id}/compare/{other}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Compares two plans of one instance, or of instances of one name
         * @description Money, service, berths, and what changes for whom; every difference is the second plan less the first. Customers are named to the
         *     alliance's planners only.
         */
        get: operations["compare-plans"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/plans/{id}/ledger": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Money, indicators, bounds and gaps */
        get: operations["get-plan-ledger"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/plans/{id}/load-lists": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What is loaded and discharged at each call
         * @description Demands are named to the alliance's planners; others see the boxes of all customers with the same ends together.
         */
        get: operations["get-plan-load-lists"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/plans/{id}/network": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The waterway that a plan was made for
         * @description Terminals, channels and land for a map, and the way of every leg. Berths and agreed windows are shown to planners.
         */
        get: operations["get-plan-network"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/plans/{id}/publish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Publishes a plan
         * @description The plan is audited once more, against the instance as it is stored; one with violations is refused with all of them. The plan is the
         *     current one from now on. A plan that is published already stays so.
         */
        post: operations["publish-plan"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/plans/{id}/record": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The record of a plan */
        get: operations["get-plan-record"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/plans/{id}/services": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The services of a plan */
        get: operations["get-plan-services"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/plans/{id}/settlement": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who brings, uses, receives and pays what
         * @description Planners see all members' accounts, those of ports without customers' cargo. A member finds its own account and cargo, all shares, and the
         *     proof: what each set that it belongs to would earn alone, and the bid prices.
         */
        get: operations["get-plan-settlement"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/plans/{id}/slots": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Slots of every leg
         * @description A member finds its own allotments alone.
         */
        get: operations["get-plan-slots"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/plans/{id}/slots.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Slots of every leg as CSV
         * @description A member finds its own allotments alone.
         */
        get: operations["get-plan-slots-csv"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/plans/{id}/text": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The timetable as text, with money and slots */
        get: operations["get-plan-text"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/plans/{id}/timetable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All sailings of a plan with their calls */
        get: operations["get-plan-timetable"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/plans/{id}/timetable.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The timetable as CSV */
        get: operations["get-plan-timetable-csv"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/plans/{id}/timetable.xlsx": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The timetable as a workbook
         * @description With sheets of berths and slots for who may see them.
         */
        get: operations["get-plan-timetable-xlsx"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/plans/{id}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Withdraws a published plan
         * @description The plan published before is current again. A withdrawn plan is never published again: a correction is a new revision.
         */
        post: operations["withdraw-plan"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/services": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Services of the current plan */
        get: operations["list-services"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/services/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A service of the current plan with its timetable
         * @description With slots for holders of a key, and loads for planners.
         */
        get: operations["get-service"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/services/{id}/calendar.ics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Calls of a service as a calendar */
        get: operations["get-service-calendar"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whether the caller has a session
         * @description The public is told so, and not refused: a page asks this first.
         */
        get: operations["get-session"];
        put?: never;
        /**
         * Opens a session for the page
         * @description Sets a signed cookie that no script can read and no other site can send. It lasts 12 hours, and no longer than its key.
         */
        post: operations["open-session"];
        /** Ends the session */
        delete: operations["end-session"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tariff": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The published price list
         * @description Every charge of a quote is on it.
         */
        get: operations["get-tariff"];
        /**
         * Publishes a price list
         * @description For bookings from now on; those that are made keep their prices.
         */
        put: operations["set-tariff"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/terminals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Terminals of the current plan */
        get: operations["list-terminals"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/terminals/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A terminal of the current plan with its calls */
        get: operations["get-terminal"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/terminals/{code}/calendar.ics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Calls at a terminal as a calendar */
        get: operations["get-terminal-calendar"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/healthz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the process answers */
        get: operations["health"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Counters in the text format of Prometheus
         * @description Requests and their times by route, jobs by state. Answers this machine, and holders of an admin key.
         */
        get: operations["metrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The description of this interface */
        get: operations["describe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/readyz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whether requests can be served
         * @description The database answers, and the worker in this process runs where one is promised.
         */
        get: operations["readiness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/point-to-point-routes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Ways for a box from place to place
         * @description Every best way through the published timetable for foreign cargo and for domestic cargo, since a request does not tell the customs
         *     status: no other way for the same cargo leaves as late, arrives as early and changes barges as seldom. Sorted by departure. Times are planned local times; a way is never longer than 28 days. Places that the plan does not know give
         *     an empty list.
         */
        get: operations["point-to-point-routes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/port-schedules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Vessels that call at a place
         * @description For each of the plan's terminals at the place, sorted by terminal, all calls that arrive or depart within 14 days from the day on,
         *     sorted by arrival. Terminals without a call in that time are left out; a place that the plan does not know gives an empty list.
         */
        get: operations["port-schedules"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/vessel-schedules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Timetables of services, vessel by vessel
         * @description For each service the calls of its vessels, by time. A voyage of which one call matches is answered whole, unless `responseScope` says
         *     otherwise; the call that ends a voyage, where the next one starts, belongs to both. No barge is assigned when a plan is published:
         *     filters by IMO number or name give an empty list, as does a universal service reference, which no service has.
         */
        get: operations["vessel-schedules"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description Money and measures of a plan. */
        Account: {
            indicators: components["schemas"]["Indicators"];
            ledger: components["schemas"]["Ledger"];
            /** @description For the alliance's planners. */
            left_behind?: components["schemas"]["LeftBehind"][] | null;
            /** @description Bounds and gaps. */
            proofs: components["schemas"]["Proof"][];
        };
        /** @description A plan was published or withdrawn. */
        Act: {
            action: components["schemas"]["PlanStatus"];
            at: string;
            /** @description Key that did it, for planners. */
            made_by?: string | null;
            note: string;
            record_hash: string;
        };
        /** @description A settlement seen by a planner of the alliance, with what each member may check of its share. */
        AllianceSettlement: {
            /**
             * @description What the alliance would earn if boxes could be split and smallest calls were not asked for: the linear program that the
             *     prices prove best. The profit is this or less.
             */
            bound_cents: components["schemas"]["Cents"];
            /** @description Calls whose crane time is short. */
            calls: components["schemas"]["CallPrice"][];
            /** @description Why no division makes the worst-off sets better off; of the nucleolus. */
            certificate: components["schemas"]["Level"][];
            /** @description Properties of the division, by member. */
            checks: components["schemas"]["Check"][][];
            /** @description Cargo of which another TEU would earn something. */
            demands: components["schemas"]["DemandPrice"][];
            /** @description The division that the rule came to. */
            division: components["schemas"]["Division"];
            /**
             * @description The largest value less share that a set other than the empty and the whole one can be left with: up to 0 no set would do better
             *     alone; above 0 nobody can divide the profit so that none would, and this is what the sets would have to be paid to stay.
             */
            least_core_cents: components["schemas"]["Cents"];
            /** @description One row per sailing and leg, as in the slots of the plan. */
            legs: components["schemas"]["LegAccount"][];
            members: components["schemas"]["MemberAccount"][];
            /** @description What is divided: the audited profit of a cycle. */
            profit_cents: components["schemas"]["Cents"];
            /**
             * @description Why no division in the core is nearer to the Shapley value: sets that get just their value, and how many hundredths each pushes its
             *     members up, before all are brought down alike. Of the division `nearest_core` alone.
             */
            pushes?: components["schemas"]["SetWeight"][];
            /** @description Slots that a member has not booked return to the pool this long before the berthing at which their leg starts. */
            returns_before_min: components["schemas"]["Minutes"];
            /** @description The rule that was asked for. */
            rule: components["schemas"]["SharingRule"];
            /**
             * @description By set of members, the empty one first: what it earns with its own slots and its own cargo on this timetable. Of all members: the
             *     profit.
             */
            values_cents: components["schemas"]["Cents"][];
        };
        /**
         * @description What belongs to a member on a leg: slots, and in proportion to them mass, plugs and slots for dangerous goods. Plans of earlier
         *     versions state the slots alone.
         */
        Allotment: {
            /** @default 0 */
            dangerous_teu: components["schemas"]["Teu"];
            /** @default 0 */
            mass_kg: components["schemas"]["Kg"];
            member: components["schemas"]["OperatorCode"];
            /** @default 0 */
            reefer_plugs: components["schemas"]["Teu"];
            volume_teu: components["schemas"]["Teu"];
        };
        /** @description What a booking shall be instead. */
        AmendRequest: {
            /**
             * @description For a booking that waits: go on waiting where there is no room.
             * @default refuse
             */
            if_full: components["schemas"]["IfFull"];
            routing_reference: string;
            /** Format: uint32 */
            teu: number;
            /** Format: uint32 */
            weight_kg: number;
        };
        /** @description What is left to sell. */
        Availability: {
            /**
             * Format: int64
             * @description The cycle whose voyages are shown, counted from Monday 1 January 2024.
             */
            cycle: number;
            cycle_min: components["schemas"]["Minutes"];
            legs: components["schemas"]["FreeLeg"][];
            /**
             * Format: int64
             * @description What the alliance lets be booked beyond a vessel's capacity, in hundredths of it.
             */
            overbooking_percent: number;
            plan_id: string;
        };
        /** @description What is known of a barge before one is assigned. */
        Barge: {
            /** @description The member that sails it, by the alliance's own code. */
            operatorCarrierCode: string;
        };
        /** @description The barge of a leg. */
        BargeTransport: {
            barge: components["schemas"]["Barge"];
            modeOfTransport: components["schemas"]["ModeOfTransport"];
            servicePartners: components["schemas"]["ServicePartner"][];
            universalExportVoyageReference: string;
            universalImportVoyageReference: string;
        };
        /** @description A call as the terminal sees it. */
        BerthCall: {
            /** Format: uint32 */
            berth: number;
            call: components["schemas"]["CallPos"];
            /** @description Weekday and local time in Asia/Shanghai. */
            from: string;
            from_min: components["schemas"]["Minutes"];
            /** Format: uint32 */
            sailing: number;
            service: components["schemas"]["ServiceCode"];
            terminal: components["schemas"]["TerminalCode"];
            /** @description Weekday and local time in Asia/Shanghai. */
            to: string;
            to_min: components["schemas"]["Minutes"];
        };
        /** @description An agreed window in minutes of the cycle. */
        BerthWindow: {
            /** Format: uint32 */
            berths: number;
            from_min: components["schemas"]["Minutes"];
            to_min: components["schemas"]["Minutes"];
        };
        /** @description Who holds which berth when, and how much each terminal is used. */
        Berths: {
            /** @description By terminal, berth and time, moved into one cycle. */
            calls: components["schemas"]["BerthCall"][];
            terminals: components["schemas"]["TerminalUse"][];
        };
        /** @description A booking. */
        BookingBody: {
            /** @description The best other way, where the timetable published since does not carry the booking. */
            alternative: components["schemas"]["ItineraryBody"] | null;
            arrive_by: string | null;
            cargo: components["schemas"]["Cargo"];
            changed_at: string;
            /** @description Nothing can be changed from then on. */
            closes_at: string;
            created_at: string;
            destination: components["schemas"]["TerminalCode"];
            footprint: components["schemas"]["Footprint"] | null;
            id: string;
            itinerary: components["schemas"]["ItineraryBody"];
            /** @description The member through whom it was booked. */
            member: string | null;
            /** @description Slots are kept until then for the shipper to accept. */
            offer_until: string | null;
            origin: components["schemas"]["TerminalCode"];
            /** @description The published plan that it sails by. */
            plan_id: string;
            quote: components["schemas"]["Quote"] | null;
            /** @description Why it is not carried, where it is not. */
            reason: string | null;
            reference: string;
            state: components["schemas"]["State"];
            teu: components["schemas"]["Teu"];
            trade: components["schemas"]["Trade"];
            /**
             * Format: int64
             * @description One more with each change; the ETag.
             */
            version: number;
            /** Format: int64 */
            weight_kg: number;
        };
        /** @description A booking to make. */
        BookingRequest: {
            /**
             * Format: date-time
             * @description The boxes must arrive by then, also when the timetable changes.
             * @default null
             */
            arrive_by: string | null;
            /** @default dry */
            cargo: components["schemas"]["Cargo"];
            /** @default refuse */
            if_full: components["schemas"]["IfFull"];
            /**
             * @description The member through whom is booked, whose allotment may be used: for the alliance's planners. A member books through itself, a
             *     shipper takes open slots.
             * @default null
             */
            member: string | null;
            /**
             * @description The shipper's own reference.
             * @default
             */
            reference: string;
            /** @description The way, as a search has named it (`routing_reference`). */
            routing_reference: string;
            /**
             * Format: uint32
             * @description Slots that the boxes take: one for 20 feet, two for 40.
             */
            teu: number;
            trade: components["schemas"]["Trade"];
            /**
             * Format: uint32
             * @description Gross mass of all boxes together, at most 30,480 kg a TEU.
             */
            weight_kg: number;
        };
        /** @description A page of bookings. */
        BookingRows: {
            items: components["schemas"]["BookingBody"][];
            /** @description Names the next page; `null` on the last one. */
            next_cursor: string | null;
        };
        /** @description An instance that was brought. */
        Brought: {
            instance: components["schemas"]["InstanceRow"];
            /** @description Files of the archive that are no tables, such as a README: they are not kept. */
            left_out: string[];
        };
        /** @description A call with its times, and what moves there as far as the caller may see it. */
        CallDetail: {
            /**
             * @description Arrival off the terminal; the wait until the berthing is the call's buffer. Of the first call: the arrival of the vessel's
             *     voyage before, so it may be negative.
             */
            arrival_min: components["schemas"]["Minutes"];
            /**
             * Format: uint32
             * @description The berth held, from 0, below the terminal's number of berths.
             */
            berth: number;
            /** @description Weekday and local time in Asia/Shanghai. */
            berthing: string;
            /** @description Alongside; loading and discharging start. */
            berthing_min: components["schemas"]["Minutes"];
            /** @description Slots of the leg to the next call, for holders of a key. */
            capacity_teu?: components["schemas"]["Teu"] | null;
            /** @description Weekday and local time in Asia/Shanghai. */
            departure: string;
            departure_min: components["schemas"]["Minutes"];
            /** @description For planners. */
            discharged_teu?: components["schemas"]["Teu"] | null;
            /** @description Slots left to sell on the leg to the next call, for holders of a key. */
            free_teu?: components["schemas"]["Teu"] | null;
            /** @description For planners. */
            loaded_teu?: components["schemas"]["Teu"] | null;
            terminal: components["schemas"]["TerminalCode"];
        };
        /** @description Load list of one call. */
        CallList: {
            call: components["schemas"]["CallPos"];
            discharge: components["schemas"]["LoadRow"][];
            load: components["schemas"]["LoadRow"][];
            /** Format: uint32 */
            sailing: number;
            service: components["schemas"]["ServiceCode"];
            terminal: components["schemas"]["TerminalCode"];
        };
        /**
         * Format: uint16
         * @description Place of a call in a rotation, from 0. In a shipment it runs on past the end of the rotation: position `calls` is call 0 of the
         *     vessel's next voyage.
         */
        CallPos: number;
        /** @description Bid price of crane time at a call of one sailing. */
        CallPrice: {
            call: components["schemas"]["CallPos"];
            /** @description TEU that the stay leaves time to lift. */
            lifts_teu: components["schemas"]["Teu"];
            /** Format: double */
            price_per_lift: number;
            /** Format: uint32 */
            sailing: number;
            service: components["schemas"]["ServiceCode"];
        };
        /**
         * @description Times of a call, minutes since the start of the cycle in which the sailing's first call is berthed; they grow along the sailing and
         *     may pass the cycle's end. The first call's berthing lies within the cycle.
         */
        CallTimes: {
            /**
             * @description Arrival off the terminal; the wait until the berthing is the call's buffer. Of the first call: the arrival of the vessel's
             *     voyage before, so it may be negative.
             */
            arrival_min: components["schemas"]["Minutes"];
            /**
             * Format: uint32
             * @description The berth held, from 0, below the terminal's number of berths.
             */
            berth: number;
            /** @description Alongside; loading and discharging start. */
            berthing_min: components["schemas"]["Minutes"];
            departure_min: components["schemas"]["Minutes"];
        };
        /** @description What a box needs on board. */
        Cargo: "dry" | "reefer" | "dangerous";
        /** @description What changes for the owner of a cargo. */
        CargoChange: {
            carried_a_teu: components["schemas"]["Teu"];
            carried_b_teu: components["schemas"]["Teu"];
            demand: components["schemas"]["DemandCode"];
            difference_teu: components["schemas"]["Teu"];
        };
        /** @description What became of a booking when a plan was published. */
        CarriedRow: {
            at: string;
            booking_id: string;
            from_plan_id: string;
            /**
             * @description `unchanged`: the same times on the same legs. `moved`: another way that keeps what was promised. `waiting`: an offer whose slots are
             *     gone went back to its place in the waiting list. `stranded`: no such way, see the reason.
             */
            outcome: string;
            /** @description `no_way`, `other_times`, `full`, or `nothing_published`. */
            reason?: string | null;
        };
        /**
         * Format: int64
         * @description Money in hundredths of the instance's currency (fen for RMB).
         */
        Cents: number;
        /** @description A property of the division, and whether it holds. */
        Check: {
            holds: boolean;
            name: string;
            says: string;
        };
        /** @description Key of a vessel class, such as `B100`. */
        ClassCode: string;
        /** @description A vessel class. */
        ClassName: {
            capacity_teu: components["schemas"]["Teu"];
            class: components["schemas"]["ClassCode"];
            name: string;
        };
        /** @description Plan A against plan B; every difference is B less A. */
        Comparison: {
            a: components["schemas"]["SideFacts"];
            b: components["schemas"]["SideFacts"];
            /** @description Berth hours a cycle at the terminals where they change most. */
            berth_hours: components["schemas"]["Difference"][];
            /** @description Demands that B carries less of, the most first. */
            cargo_lost: components["schemas"]["CargoChange"][];
            /** @description Demands that B carries more of, the most first. */
            cargo_won: components["schemas"]["CargoChange"][];
            efficiency: components["schemas"]["Efficiency"];
            indicators: components["schemas"]["Difference"][];
            instance: string;
            /** @description In RMB a cycle. */
            money: components["schemas"]["Difference"][];
            /** @description Rotations that only one plan has, or that sail differently. */
            services: components["schemas"]["ServiceChange"][];
        };
        /**
         * @description What must have happened by a cut-off time.
         * @enum {string}
         */
        CutOffCode: "FCO" | "TCO";
        /** @description The latest time for something to be done. */
        CutOffTime: {
            /**
             * Format: date-time
             * @description Local time with its offset from UTC.
             */
            cutOffDateTime: string;
            cutOffDateTimeCode: components["schemas"]["CutOffCode"];
        };
        /** @description Key of a demand row, such as `HOP-NSA-EX`. */
        DemandCode: string;
        /** @description What one more TEU of a demand would earn above the bid prices of its best way. */
        DemandPrice: {
            demand: components["schemas"]["DemandCode"];
            /** @description Who brings it; nobody alone what is the whole alliance's. */
            member?: components["schemas"]["OperatorCode"] | null;
            /** Format: double */
            price_per_teu: number;
            /** @description All of it, carried or not. */
            volume_teu: components["schemas"]["Teu"];
        };
        /** @description One thing that is wrong with a request. */
        DetailedError: {
            /**
             * Format: int32
             * @description What kind of mistake it is, from 7000 to 9999; the meanings are ours.
             */
            errorCode: number;
            /** @description What is wrong and what to do. */
            errorCodeMessage: string;
            /** @description The mistake in a word. */
            errorCodeText: string;
            /** @description The parameter or header at fault. */
            property?: string | null;
            /** @description Its value as it was asked, cut at 500 characters. */
            value?: string | null;
        };
        /** @description A number of both plans. */
        Difference: {
            /** Format: double */
            a: number;
            /** Format: double */
            b: number;
            /**
             * Format: double
             * @description Difference over A's size, in percent; none where A is 0 and B is not.
             */
            change_percent: number | null;
            /**
             * Format: double
             * @description B less A.
             */
            difference: number;
            name: string;
        };
        /** @description A way to divide the profit. */
        Division: "shapley" | "nearest_core" | "nucleolus" | "owen";
        /** @description How much more B gets out of a day of a vessel, in percent. */
        Efficiency: {
            /** Format: double */
            teu_km_per_vessel_day_change_percent: number | null;
            /** Format: double */
            teu_per_vessel_day_change_percent: number | null;
            yardstick: string;
        };
        /** @description Why a request was not answered: all that is wrong with it at once. */
        ErrorResponse: {
            /** Format: date-time */
            errorDateTime: string;
            /** @description At least one. */
            errors: components["schemas"]["DetailedError"][];
            httpMethod: string;
            /** @description Path and query as they were asked. */
            requestUri: string;
            /** Format: int32 */
            statusCode: number;
            statusCodeMessage?: string | null;
            statusCodeText: string;
        };
        /** @description A change of a booking. */
        EventBody: {
            act: string;
            at: string;
            record_hash: string;
            state: components["schemas"]["State"] | null;
            /**
             * Format: int64
             * @description The booking's version afterwards.
             */
            version: number;
        };
        /**
         * @description How sure a time is. A published plan holds planned times only.
         * @enum {string}
         */
        EventClassifierCode: "PLN";
        /** @description The record of a booking, oldest first. */
        EventRows: {
            events: components["schemas"]["EventBody"][];
            /**
             * Format: int64
             * @description Waiting bookings before this one on one of its legs, while it waits.
             */
            waiting_before: number | null;
        };
        /**
         * @description Whether a vessel arrives or departs.
         * @enum {string}
         */
        EventTypeCode: "ARRI" | "DEPA";
        /** @description Which terminal of a UN/LOCODE. */
        Facility: {
            /** @description The alliance's own code of the terminal, without the UN/LOCODE. */
            facilityCode: string;
            /** @description Always `SMDG`: the standard has no provider for own codes, and ours are built like SMDG's. */
            facilityCodeListProvider: string;
        };
        /**
         * @description What kind of place a call is made at.
         * @enum {string}
         */
        FacilityTypeCode: "POTE" | "INTE";
        /** @description One thing that is wrong with what was sent. */
        Fault: {
            /** @description Stable code: of `input` (`I...`), of the auditor (`A-...`), or `H-...` of this interface. */
            code: string;
            /** @description Column of the table, setting, or field of the request. */
            field?: string | null;
            /** @description Table of an instance. */
            file?: string | null;
            /** @description What to do about it. */
            help?: string | null;
            /**
             * Format: int64
             * @description Line of the table, the header being line 1.
             */
            line?: number | null;
            /** @description What is wrong. */
            message: string;
        };
        /** @description Emissions of a way. */
        Footprint: {
            /**
             * Format: int64
             * @description Greenhouse gases from well to wake, in grams of CO2 equivalent.
             */
            co2e_g: number;
            /** @description By which standard, and from which figures. */
            method: string;
        };
        /** @description Room of one leg of one voyage. */
        FreeLeg: {
            /** @description Unused allotments have gone back to everybody. */
            allotments_returned: boolean;
            /** @description RFC 3339 in UTC. */
            departs_at: string;
            /** @description Weekday and local time in Asia/Shanghai. */
            departure: string;
            departure_min: components["schemas"]["Minutes"];
            /** @description Slots for dangerous goods that are free. */
            free_dangerous_teu: components["schemas"]["Teu"];
            free_kg: components["schemas"]["Kg"];
            /** @description Reefer plugs that are free. */
            free_plugs: components["schemas"]["Teu"];
            /** @description Slots open to everybody. */
            free_teu: components["schemas"]["Teu"];
            from: components["schemas"]["TerminalCode"];
            leg: components["schemas"]["CallPos"];
            /** @description Slots free in the caller's own allotment, for members. */
            own_free_teu?: components["schemas"]["Teu"] | null;
            /** Format: uint32 */
            sailing: number;
            service: components["schemas"]["ServiceCode"];
            to: components["schemas"]["TerminalCode"];
        };
        /** @description That the service runs, and what it has. */
        Health: {
            /** @description The plan that is published now. */
            plan?: string | null;
            /** @description `ok` or `ready`. */
            status: string;
        };
        /** @description An answer that is an error. */
        HttpProblem: {
            /** @description What is wrong with this request. */
            detail: string;
            /** @description Everything that is wrong with what was sent, one by one; left out where `detail` says it all. */
            errors?: components["schemas"]["Fault"][];
            /** Format: int32 */
            status: number;
            title: string;
            /** @description `about:blank`: the status says what kind of error it is. */
            type: string;
        };
        /** @description What is to be done where there is no room. */
        IfFull: "refuse" | "wait";
        /** @description Measures of a plan; per cycle unless said otherwise. */
        Indicators: {
            /** Format: double */
            berth_share: number;
            /** Format: double */
            carried_share: number;
            carried_teu: components["schemas"]["Teu"];
            /** Format: double */
            co2_t: number;
            demand_teu: components["schemas"]["Teu"];
            legs: components["schemas"]["LegUse"][];
            /**
             * Format: double
             * @description Mean over boxes tied to a mother vessel, barge arrival to the ship's berthing.
             */
            mean_hub_dwell_h: number;
            /**
             * Format: double
             * @description Mean over transshipped boxes, discharge to next departure.
             */
            mean_transfer_h: number;
            /**
             * Format: double
             * @description Mean over boxes, origin departure to destination arrival, customs delay included.
             */
            mean_transit_h: number;
            /**
             * Format: double
             * @description Share of the vessels' time: sailing, at berth, waiting (buffers included).
             */
            sailing_share: number;
            /** Format: uint32 */
            sailings: number;
            /** Format: uint32 */
            services: number;
            terminals: components["schemas"]["TerminalUse"][];
            /**
             * Format: double
             * @description Thousand TEU-kilometres carried per vessel-day.
             */
            teu_km_per_vessel_day: number;
            /**
             * Format: double
             * @description TEU carried per vessel-day.
             */
            teu_per_vessel_day: number;
            transshipped_teu: components["schemas"]["Teu"];
            /**
             * Format: double
             * @description Smaller over larger of the TEU carried towards and from the hubs.
             */
            two_way_balance: number;
            /**
             * Format: double
             * @description TEU-kilometres over slot-kilometres.
             */
            utilisation: number;
            /** Format: double */
            vessel_days: number;
            /** Format: uint32 */
            vessels: number;
            /** Format: double */
            waiting_share: number;
        };
        /** @description A stored instance, without its tables. */
        InstanceRow: {
            created_at: string;
            /** @description SHA-256 of the tables, as plans name it. */
            hash: string;
            id: string;
            /** @description Identifier of the key that brought it. */
            made_by: string;
            name: string;
            title: string;
        };
        /** @description A call at which the box stays on board. */
        IntermediateCall: {
            /** Format: date-time */
            arrivalDateTime: string;
            /** Format: date-time */
            departureDateTime: string;
            facilityTypeCode: components["schemas"]["FacilityTypeCode"];
            location: components["schemas"]["Location"];
            transportCallReference: string;
        };
        /** @description A way on its dates. */
        ItineraryBody: {
            /** @description They can be fetched from then on. */
            fetch_from: string;
            /** @description The boxes must be in the terminal by then. */
            hand_over_by: string;
            rides: components["schemas"]["RideBody"][];
            /** @description Names the way, for a booking. */
            routing_reference: string;
        };
        /** @description A job. */
        JobBody: {
            /**
             * Format: int64
             * @description Times a worker has taken it.
             */
            attempt: number;
            /**
             * Format: int64
             * @description Profit of the best audited plan so far, in hundredths.
             */
            best_profit_cents: number | null;
            /** Format: double */
            bound: number | null;
            /** @description Somebody asked to cancel it. */
            cancel_asked: boolean;
            created_at: string;
            ended_at: string | null;
            /** @description Where its events are. */
            events: string;
            /**
             * Format: date-time
             * @description The moment of planning where calls should stay: those within the freeze horizon after it keep their times.
             */
            from: string | null;
            /** Format: double */
            gap: number | null;
            href: string;
            id: string;
            /**
             * Format: double
             * @description Money of a cycle in whole currency units; worth, where something counts beside money.
             */
            incumbent: number | null;
            instance_id: string;
            limit: components["schemas"]["Limit"];
            made_by: string;
            /** @description The request of several seeds that this job is a part of. */
            parent_id: string | null;
            /** @description What of the start plan stays. */
            pins: components["schemas"]["PinWish"][];
            /** @description The plan it made. */
            plan_id: string | null;
            practice: components["schemas"]["Practice"];
            /** @description Why there is no plan. */
            reason: string | null;
            /** Format: uint64 */
            seed: number;
            /** Format: uint16 */
            seeds: number;
            /** @description Planning stage of the last progress. */
            stage: string | null;
            start_plan: string | null;
            started_at: string | null;
            /** @enum {string} */
            state: "waiting" | "queued" | "running" | "done" | "failed" | "cancelled" | "interrupted";
            /** @description As few calls of the start plan as possible move. */
            stay: boolean;
            /** @description What counts beside money. */
            weights: components["schemas"]["Weights"];
        };
        /** @description A page of jobs. */
        JobRows: {
            items: components["schemas"]["JobBody"][];
            /** @description Names the next page; `null` on the last one. */
            next_cursor: string | null;
        };
        /** @description A way for boxes. */
        JourneyBody: {
            arrival: string;
            /** @description When customs is done with the boxes at the destination, where they are cleared a second time there (R9). */
            cleared: string | null;
            /** @description Nothing is booked on it from then on. */
            closes_at: string;
            /** @description When the barge leaves, and when the last one arrives. */
            departure: string;
            footprint: components["schemas"]["Footprint"] | null;
            /** @description Slots that the caller could book on every leg: open ones, or of its own allotment. */
            free_teu: components["schemas"]["Teu"];
            /** @description There is room for these boxes on every leg, as of a moment ago. */
            has_room: boolean;
            itinerary: components["schemas"]["ItineraryBody"];
            /** @description For these boxes; `null` where no price list is published. */
            quote: components["schemas"]["Quote"] | null;
            /** Format: uint */
            transshipments: number;
        };
        /** @description Ways, by departure. */
        JourneyRows: {
            items: components["schemas"]["JourneyBody"][];
            /** @description Names the next page; `null` on the last one. */
            next_cursor: string | null;
        };
        /** @description An instance as JSON. */
        JsonInstance: {
            /** @description File name, such as `terminals.csv`, to the table's text. */
            tables: {
                [key: string]: string;
            };
        };
        /** @description A meeting of waterways. */
        Junction: {
            junction: string;
            /** Format: double */
            lat: number;
            /** Format: double */
            lon: number;
            name: string;
            name_zh: string;
        };
        /** @description A key to make. */
        KeyRequest: {
            /** @description Who will hold it. */
            label: string;
            /** @description The company, for the role `member` and no other. */
            member?: string | null;
            role: components["schemas"]["Role"];
        };
        /** @description A key without its secret. */
        KeyRow: {
            created_at: string;
            id: string;
            label: string;
            member?: string | null;
            revoked_at?: string | null;
            role: components["schemas"]["Role"];
        };
        /**
         * Format: int64
         * @description Mass in kilograms.
         */
        Kg: number;
        /** @description Money of one cycle, in hundredths. Revenue counts up, everything else is a cost and counts down. */
        Ledger: {
            call_cents: components["schemas"]["Cents"];
            /** @description Fuel and electricity, sailing and in port. */
            energy_cents: components["schemas"]["Cents"];
            /** @description Lifts at origin and destination. */
            handling_cents: components["schemas"]["Cents"];
            /** @description Revenue less all costs. */
            profit_cents: components["schemas"]["Cents"];
            revenue_cents: components["schemas"]["Cents"];
            /** @description Lifts at transshipment terminals. */
            transshipment_cents: components["schemas"]["Cents"];
            /** @description Vessels in service, every day of the cycle. */
            vessel_cents: components["schemas"]["Cents"];
        };
        /** @description Cargo that the plan does not carry. */
        LeftBehind: {
            demand: components["schemas"]["DemandCode"];
            reason: components["schemas"]["Reason"];
            volume_teu: components["schemas"]["Teu"];
        };
        /** @description A ride on one barge. */
        Leg: {
            arrival: components["schemas"]["PlaceOfArrival"];
            cutOffTimes: components["schemas"]["CutOffTime"][];
            departure: components["schemas"]["PlaceOfDeparture"];
            /** @description Calls between, at which the box stays on board. */
            intermediateCalls?: components["schemas"]["IntermediateCall"][];
            /**
             * Format: int32
             * @description From 1.
             */
            sequenceNumber: number;
            transport: components["schemas"]["BargeTransport"];
        };
        /** @description Bid prices of a leg of one sailing, in currency units, and what members owe one another there. */
        LegAccount: {
            /** @description Members whose cargo rides here, or who are paid for slots that others use. */
            accounts: components["schemas"]["SlotAccount"][];
            leg: components["schemas"]["CallPos"];
            /** Format: double */
            price_per_dangerous_teu: number;
            /** Format: double */
            price_per_plug: number;
            /** Format: double */
            price_per_teu: number;
            /** Format: double */
            price_per_tonne: number;
            /** @description Unbooked slots return to the pool, minutes as in the sailing's calls. */
            returns_at_min: components["schemas"]["Minutes"];
            /** Format: uint32 */
            sailing: number;
            service: components["schemas"]["ServiceCode"];
        };
        /** @description The slots of one leg of one sailing: from call `leg` to the next call. */
        LegSlots: {
            /** @description By committed share among the members that may use the service, whole slots, adding up to the capacity. */
            allotments: components["schemas"]["Allotment"][];
            /** @description Cargo mass that depth and class allow on this leg. */
            capacity_kg: components["schemas"]["Kg"];
            capacity_teu: components["schemas"]["Teu"];
            /** @description Left to sell. */
            free_teu: components["schemas"]["Teu"];
            leg: components["schemas"]["CallPos"];
            reefer_plugs: components["schemas"]["Teu"];
            /** Format: uint32 */
            sailing: number;
            service: components["schemas"]["ServiceCode"];
            used_kg: components["schemas"]["Kg"];
            used_plugs: components["schemas"]["Teu"];
            used_teu: components["schemas"]["Teu"];
        };
        /** @description Mean use of a leg over the sailings of its service. */
        LegUse: {
            from: components["schemas"]["TerminalCode"];
            leg: components["schemas"]["CallPos"];
            service: components["schemas"]["ServiceCode"];
            to: components["schemas"]["TerminalCode"];
            /** Format: double */
            utilisation: number;
        };
        /** @description How the vessels of a service sail a leg. */
        LegWay: {
            distance_m: components["schemas"]["Metres"];
            /** @description Departure to arrival. */
            duration_min: components["schemas"]["Minutes"];
            from: components["schemas"]["TerminalCode"];
            leg: components["schemas"]["CallPos"];
            service: components["schemas"]["ServiceCode"];
            /** @description In sailing order. */
            stretches: components["schemas"]["StretchWay"][];
            to: components["schemas"]["TerminalCode"];
        };
        /**
         * @description A step of the proof that a division is the nucleolus: no division gives one of these sets more without giving another one of them, or
         *     a set of an earlier level, less.
         */
        Level: {
            /**
             * Format: double
             * @description Value less share that these sets have, and all sets of later levels less than.
             */
            excess_cents: number;
            sets: number[];
            /**
             * @description Sets of this and all earlier levels with weights above zero, and single members that get just what they earn alone with weights of
             *     zero or more: the weights of the sets that a member belongs to add up to one, for each member.
             */
            weights: components["schemas"]["SetWeight"][];
        };
        /** @description What stopped the search. A work limit gives the same bytes again, a time limit need not. */
        Limit: {
            /** Format: uint64 */
            time_s: number;
        } | {
            /** Format: uint64 */
            work: number;
        };
        /** @description What is loaded and discharged at each call. */
        LoadLists: {
            calls: components["schemas"]["CallList"][];
        };
        /** @description Boxes of one kind handled at a call. */
        LoadRow: {
            cargo: components["schemas"]["Cargo"];
            /** @description For the alliance's planners; others see the boxes of all customers with the same ends together. */
            demand?: components["schemas"]["DemandCode"] | null;
            destination: components["schemas"]["TerminalCode"];
            origin: components["schemas"]["TerminalCode"];
            trade: components["schemas"]["Trade"];
            volume_teu: components["schemas"]["Teu"];
        };
        /** @description A terminal of a way. */
        Location: {
            /** @description Several terminals may share one. */
            UNLocationCode?: string | null;
            facility?: components["schemas"]["Facility"] | null;
            locationName?: string | null;
        };
        /** @description Where a plan comes from: enough to make it again. */
        MadeFrom: {
            instance: string;
            /** @description SHA-256 of the instance's tables. */
            instance_hash: string;
            limit: components["schemas"]["Limit"];
            /** @description What had to stay of the plan that it was started from. */
            pins?: components["schemas"]["Pin"][];
            program_version: string;
            /** Format: uint64 */
            seed: number;
            /** @description What counted beside money. */
            weights?: components["schemas"]["Weights"];
        };
        /**
         * @description A mother vessel that some sailing of a service must reach: it arrives at the ship's terminal by the barge cut-off, and not earlier than the
         *     longest wait before it.
         */
        Meeting: {
            /** @description Position in the rotation, from 0, of the call that brings the boxes. */
            call: components["schemas"]["CallPos"];
            mother_vessel: components["schemas"]["MotherCode"];
        };
        /** @description A member's account of a cycle. Money received counts up. */
        MemberAccount: {
            /** @description What is left to its share after that. */
            balance_cents: components["schemas"]["Cents"];
            /** @description Its part of all operating costs, by slots held. */
            borne_cents: components["schemas"]["Cents"];
            /** @description Its cargo that is carried. */
            carried_teu: components["schemas"]["Teu"];
            /** @description Freight of its cargo. */
            freight_cents: components["schemas"]["Cents"];
            /** @description Slots times legs that belong to the member, and that its own cargo takes. */
            held_slot_legs: components["schemas"]["Teu"];
            /** @description All lifts of its cargo. */
            lifts_cents: components["schemas"]["Cents"];
            member: components["schemas"]["OperatorCode"];
            nucleolus_cents: components["schemas"]["Cents"];
            /** @description Vessels, energy and calls of the services it operates. */
            operated_cents: components["schemas"]["Cents"];
            owen_cents: components["schemas"]["Cents"];
            /** @description Received from the other members, or paid to them: operated less borne, slots and balance. */
            receives_cents: components["schemas"]["Cents"];
            /** @description Divisions of the same profit, for comparison. */
            shapley_cents: components["schemas"]["Cents"];
            /** @description Its part of the profit: freight less lifts less operated, and what it receives. */
            share_cents: components["schemas"]["Cents"];
            /** @description For slots of others and from others, leg by leg at the bid prices. */
            slots_cents: components["schemas"]["Cents"];
            used_slot_legs: components["schemas"]["Teu"];
        };
        /** @description A member of the alliance. */
        MemberName: {
            name: string;
            name_zh: string;
            operator: components["schemas"]["OperatorCode"];
        };
        /** @description A company of the alliance. */
        MemberRow: {
            code: string;
            created_at: string;
            name: string;
            name_zh: string;
        };
        /** @description A settlement seen by one member. */
        MemberSettlement: {
            account: components["schemas"]["MemberAccount"];
            bound_cents: components["schemas"]["Cents"];
            calls: components["schemas"]["CallPrice"][];
            checks: components["schemas"]["Check"][];
            /** @description Vessels, energy and calls of all services. */
            costs_cents: components["schemas"]["Cents"];
            /** @description The member's own cargo and the whole alliance's. */
            demands: components["schemas"]["DemandPrice"][];
            division: components["schemas"]["Division"];
            least_core_cents: components["schemas"]["Cents"];
            legs: components["schemas"]["OwnLeg"][];
            profit_cents: components["schemas"]["Cents"];
            returns_before_min: components["schemas"]["Minutes"];
            rule: components["schemas"]["SharingRule"];
            /** @description Every set that the member belongs to, the worst off first. */
            sets: components["schemas"]["SetProof"][];
            /** @description What each member gets. */
            shares: components["schemas"]["MemberShare"][];
        };
        /** @description A share without the account behind it. */
        MemberShare: {
            member: components["schemas"]["OperatorCode"];
            share_cents: components["schemas"]["Cents"];
        };
        /**
         * Format: int64
         * @description Distance along the waterway in metres.
         */
        Metres: number;
        /**
         * Format: int64
         * @description Minutes: a duration, or a time since the start of the cycle (Monday 00:00 local time).
         */
        Minutes: number;
        /**
         * @description How a leg is travelled; a water bus has barges only.
         * @enum {string}
         */
        ModeOfTransport: "BARGE";
        /** @description Key of a mother vessel's weekly berthing. */
        MotherCode: string;
        /** @description A mother vessel at a hub, once in each cycle. */
        MotherShip: {
            /** @description Minute of the cycle by which a barge with boxes for it has arrived. */
            barge_cut_off_min: components["schemas"]["Minutes"];
            /** @description Minute of the cycle at which it is berthed. */
            berthing_min: components["schemas"]["Minutes"];
            mother_vessel: components["schemas"]["MotherCode"];
            name: string;
            terminal: components["schemas"]["TerminalCode"];
        };
        /** @description Where a plan's vessels sail. */
        Network: {
            classes: components["schemas"]["ClassName"][];
            /** @description Who made the map, to be shown with it. */
            credits: string[];
            cycle_min: components["schemas"]["Minutes"];
            junctions: components["schemas"]["Junction"][];
            /** @description Coasts and islands as closed rings of longitude and latitude; empty where the instance has no map. */
            land: number[][][];
            /** @description Every leg of every service, in the order of the plan. */
            legs: components["schemas"]["LegWay"][];
            links: components["schemas"]["Stretch"][];
            members: components["schemas"]["MemberName"][];
            /** @description Sea-going ships that barges bring boxes to. */
            mothers: components["schemas"]["MotherShip"][];
            /** @description All terminals of the instance, also those that no service calls at. */
            terminals: components["schemas"]["Place"][];
            title: string;
        };
        /** @description A key with its secret, which is shown this once. */
        NewKeyBody: {
            key: components["schemas"]["KeyRow"];
            /** @description To be sent as `Authorization: Bearer`. It cannot be read again. */
            secret: string;
        };
        /** @description A company to add. */
        NewMember: {
            /** @description As instances name the operator. */
            code: string;
            name: string;
            name_zh?: string;
        };
        /** @description What is said when a plan is published or withdrawn. */
        Note: {
            /** @description For the record, at most 500 characters in one line. */
            note?: string;
        };
        /** @description Key of an alliance member, such as `OP1`. */
        OperatorCode: string;
        /** @description A leg with what belongs to the member there and what its cargo takes. */
        OwnLeg: {
            held_dangerous_teu: components["schemas"]["Teu"];
            held_kg: components["schemas"]["Kg"];
            held_plugs: components["schemas"]["Teu"];
            held_teu: components["schemas"]["Teu"];
            leg: components["schemas"]["CallPos"];
            /** Format: double */
            price_per_dangerous_teu: number;
            /** Format: double */
            price_per_plug: number;
            /** Format: double */
            price_per_teu: number;
            /** Format: double */
            price_per_tonne: number;
            receives_cents: components["schemas"]["Cents"];
            returns_at_min: components["schemas"]["Minutes"];
            /** Format: uint32 */
            sailing: number;
            service: components["schemas"]["ServiceCode"];
            used_teu: components["schemas"]["Teu"];
        };
        /** @description A service that stays as it is, and the calls of it whose times stay. */
        Pin: {
            /** @description In the order of the rotation; without any, the timetable is free to move the service. */
            calls: components["schemas"]["PinnedCall"][];
            /** @description Mother vessels that the service must reach. */
            meets?: components["schemas"]["Meeting"][];
            service: components["schemas"]["Service"];
        };
        /** @description A wish to keep a service of the plan that planning starts from. */
        PinWish: {
            /**
             * @description Positions in the rotation, from 0, of calls whose times stay; not beside `times`.
             * @default []
             */
            calls: components["schemas"]["CallPos"][];
            /**
             * @description Mother vessels that it must reach, whether it did or not.
             * @default []
             */
            meets: components["schemas"]["Meeting"][];
            service: components["schemas"]["ServiceCode"];
            /**
             * @description The times of all calls stay too.
             * @default false
             */
            times: boolean;
        };
        /** @description Times of a call that stay, of the first sailing of the cycle: the others follow at even headways. */
        PinnedCall: {
            /** @description Minutes from the start of the cycle. */
            berthing_min: components["schemas"]["Minutes"];
            call: components["schemas"]["CallPos"];
            departure_min: components["schemas"]["Minutes"];
        };
        /** @description A terminal on the map. */
        Place: {
            /**
             * Format: uint32
             * @description Berths that the alliance may hold at once, for planners.
             */
            berths?: number | null;
            domestic_trade: boolean;
            foreign_trade: boolean;
            /** Format: double */
            lat: number;
            /** Format: double */
            lon: number;
            name: string;
            name_zh: string;
            /** @description Opening hours as minutes of the day; none is day and night. */
            open_from_min: components["schemas"]["Minutes"] | null;
            open_to_min: components["schemas"]["Minutes"] | null;
            /**
             * @description `GD` Guangdong, `GX` Guangxi, `HK` Hong Kong, `MO` Macau.
             * @enum {string}
             */
            region: "GD" | "GX" | "HK" | "MO";
            /** @enum {string} */
            role: "hub" | "regional" | "relay" | "feeder";
            terminal: components["schemas"]["TerminalCode"];
            /** @description Agreed windows, for planners; when there are any, vessels berth only inside one. */
            windows?: components["schemas"]["BerthWindow"][] | null;
        };
        /** @description Arrival of a leg. */
        PlaceOfArrival: {
            /**
             * Format: date-time
             * @description The barge arrives off the terminal.
             */
            dateTime: string;
            facilityTypeCode: components["schemas"]["FacilityTypeCode"];
            location: components["schemas"]["Location"];
            transportCallReference: string;
        };
        /** @description Where and from when the box can be fetched. */
        PlaceOfDelivery: {
            /**
             * Format: date-time
             * @description Departure of the last barge: the box is ashore by then.
             */
            dateTime: string;
            facilityTypeCode: components["schemas"]["FacilityTypeCode"];
            location: components["schemas"]["Location"];
        };
        /** @description Departure of a leg. */
        PlaceOfDeparture: {
            /**
             * Format: date-time
             * @description The barge leaves the berth.
             */
            dateTime: string;
            facilityTypeCode: components["schemas"]["FacilityTypeCode"];
            location: components["schemas"]["Location"];
            transportCallReference: string;
        };
        /** @description Where and by when the box is handed over to the alliance. */
        PlaceOfReceipt: {
            /**
             * Format: date-time
             * @description Berthing of the first barge: the box must be there.
             */
            dateTime: string;
            facilityTypeCode: components["schemas"]["FacilityTypeCode"];
            location: components["schemas"]["Location"];
        };
        /** @description A plan as far as the caller may see it. For the alliance's planners it is the stored document itself, byte by byte. */
        PlanBody: {
            plan: components["schemas"]["ShownPlan"];
            /** @description Money and indicators, for planners. */
            report?: components["schemas"]["Report"] | null;
        };
        /** @description A plan as it is listed. */
        PlanLine: {
            /** @description SHA-256 of the plan document as canonical JSON (RFC 8785). */
            content_hash: string;
            created_at: string;
            href: string;
            id: string;
            instance_id: string;
            /** @description The job that made it, for planners. */
            job_id?: string | null;
            /** @description Key that asked for it, for planners. */
            made_by?: string | null;
            /**
             * Format: int64
             * @description Audited profit of a cycle in hundredths, for planners.
             */
            profit_cents?: number | null;
            /** @description Hash of its record, which carries that of the record before. */
            record_hash: string;
            /**
             * Format: int64
             * @description From 1, one more with each plan of the instance.
             */
            revision: number;
            status: components["schemas"]["PlanStatus"];
        };
        /** @description A plan's record with its publications. */
        PlanRecord: {
            plan: components["schemas"]["PlanLine"];
            /** @description Oldest first. */
            publications: components["schemas"]["Act"][];
        };
        /** @description A request for a plan. */
        PlanRequest: {
            /**
             * Format: date-time
             * @description The moment of planning, beside `stay`: calls that are alongside then, or berthed within the instance's freeze horizon after it, keep
             *     their times where the instance lets them. Now, where it is not given.
             * @default null
             */
            from: string | null;
            /** Format: uuid */
            instance_id: string;
            /**
             * @description Services of the start plan that stay as they are, and times of their calls.
             * @default []
             */
            pins: components["schemas"]["PinWish"][];
            /** @default water_bus */
            practice: components["schemas"]["Practice"];
            /**
             * Format: uint64
             * @description The same seed and work limit give the same plan.
             * @default 1
             */
            seed: number;
            /**
             * Format: uint16
             * @description Searches from this many seeds, each on any worker; the best plan is the answer.
             * @default null
             */
            seeds: number | null;
            /**
             * Format: uuid
             * @description A plan of an instance of the same name. Of the very same instance, the answer is not worse.
             */
            start_plan: string | null;
            /**
             * @description Services and times of the start plan go on as far as the instance still lets them: the plan that moves fewest calls is the answer.
             * @default false
             */
            stay: boolean;
            /**
             * Format: uint64
             * @description Seconds of search; 60 where neither limit is given.
             * @default null
             */
            time_limit_s: number | null;
            /**
             * @description What counts beside money; the answer is then the plan that is worth most, not the one that earns most.
             * @default {
             *       "carried_cents_per_teu": 0,
             *       "co2_cents_per_t": 0,
             *       "transit_cents_per_teu_day": 0
             *     }
             */
            weights: components["schemas"]["Weights"];
            /**
             * Format: uint64
             * @description Units of work instead of seconds, for plans that can be made again.
             * @default null
             */
            work_limit: number | null;
        };
        /**
         * @description Whether shippers see a plan.
         * @enum {string}
         */
        PlanStatus: "draft" | "published" | "withdrawn";
        /** @description A way for a box from the place of receipt to the place of delivery. */
        PointToPoint: {
            cutOffTimes: components["schemas"]["CutOffTime"][];
            deliveryTypeAtDestination: components["schemas"]["ReceiptDeliveryType"];
            /** @description One for each barge the box rides. */
            legs: components["schemas"]["Leg"][];
            placeOfDelivery: components["schemas"]["PlaceOfDelivery"];
            placeOfReceipt: components["schemas"]["PlaceOfReceipt"];
            receiptTypeAtOrigin: components["schemas"]["ReceiptDeliveryType"];
            /** @description Names every ride of the way, for a booking. */
            routingReference: string;
            /**
             * Format: int32
             * @description Place of this way in the whole answer, from 1.
             */
            solutionNumber: number;
            /**
             * Format: int32
             * @description From departure to arrival in days, a started day counting whole.
             */
            transitTime: number;
        };
        /** @description All vessels that call at one terminal. */
        PortSchedule: {
            location: components["schemas"]["PortScheduleLocation"];
            vesselSchedules: components["schemas"]["Schedule"][];
        };
        /** @description A terminal of a port schedule. */
        PortScheduleLocation: {
            /** @description Several terminals may share one. */
            UNLocationCode?: string | null;
            /** @description The alliance's own code of the terminal, without the UN/LOCODE. */
            facilitySMDGCode?: string | null;
            locationName?: string | null;
        };
        /** @description The rules of trade the plan follows. */
        Practice: "water_bus" | "separate_trades";
        /** @description The holder of a key. */
        Principal: {
            /** @description Identifier of the key, written down with whatever its holder does. */
            key: string;
            label: string;
            /** @description The company, for the role `member` alone. */
            member?: string | null;
            role: components["schemas"]["Role"];
        };
        /** @description A statement about one planning stage. */
        Proof: {
            /**
             * Format: double
             * @description No answer within the scope can be better than this.
             */
            bound: number;
            /**
             * Format: double
             * @description `|bound - value| / max(|bound|, |value|)`, 0 when both are 0.
             */
            gap: number;
            /** @description What the bound covers: the pool of services, the timetable of the chosen services, and so on. */
            scope: string;
            stage: components["schemas"]["Stage"];
            status: components["schemas"]["ProofStatus"];
            /**
             * Format: double
             * @description Value of the stage's answer: money in whole currency units a cycle, or weighted hours.
             */
            value: number;
        };
        ProofStatus: "optimal" | "feasible";
        /** @description A price, item by item; nothing in it that is not on the published list. */
        Quote: {
            currency: string;
            items: components["schemas"]["QuoteItem"][];
            total_cents: components["schemas"]["Cents"];
        };
        /** @description One charge. */
        QuoteItem: {
            amount_cents: components["schemas"]["Cents"];
            /** @description As the published list names it. */
            charge: string;
            /** Format: int64 */
            quantity: number;
            /** @description For one unit, in hundredths. */
            rate_cents: components["schemas"]["Cents"];
            /** @description What it is for, in words. */
            text: string;
            /** @description What is counted, such as `TEU`. */
            unit: string;
        };
        /** @description Why cargo stays. */
        Reason: "not_permitted" | "rate_too_low" | "no_service" | "too_slow" | "misses_mother_vessel" | "full";
        /**
         * @description Where the carrier takes over the box, or hands it over; the alliance works from yard to yard.
         * @enum {string}
         */
        ReceiptDeliveryType: "CY";
        /** @description Which customs statuses may share the vessels of a service (R1, R7). */
        Regime: "foreign" | "domestic" | "mixed";
        /** @description The auditor's account of a plan. */
        Report: {
            indicators: components["schemas"]["Indicators"];
            ledger: components["schemas"]["Ledger"];
            /**
             * @description Operating costs by service, in the order of the plan; reports of earlier versions have none.
             * @default []
             */
            services: components["schemas"]["ServiceCost"][];
            /** @description Empty for a plan that may be published. */
            violations: components["schemas"]["Violation"][];
        };
        /** @description A stay on board of one sailing. */
        Ride: {
            /** @description Loaded here, below the number of calls. */
            from_call: components["schemas"]["CallPos"];
            /** Format: uint32 */
            sailing: number;
            service: components["schemas"]["ServiceCode"];
            /**
             * @description Discharged here, after `from_call` and at most one round later; positions from the number of calls on belong to the vessel's
             *     next voyage.
             */
            to_call: components["schemas"]["CallPos"];
        };
        /** @description A stay on board of one barge. Times are planned. */
        RideBody: {
            arrival: string;
            /** @description The barge leaves the terminal of discharge. */
            ashore: string;
            berthing: string;
            departure: string;
            from: components["schemas"]["TerminalCode"];
            from_name: string;
            service: string;
            to: components["schemas"]["TerminalCode"];
            to_name: string;
            voyage: string;
        };
        /**
         * @description What a key's holder is to the alliance. Without a key a visitor is the public, which sees published timetables.
         * @enum {string}
         */
        Role: "admin" | "alliance_planner" | "port_planner" | "member" | "shipper";
        /** @description One page of a list. */
        Rows_CarriedRow: {
            items: {
                at: string;
                booking_id: string;
                from_plan_id: string;
                /**
                 * @description `unchanged`: the same times on the same legs. `moved`: another way that keeps what was promised. `waiting`: an offer whose slots are
                 *     gone went back to its place in the waiting list. `stranded`: no such way, see the reason.
                 */
                outcome: string;
                /** @description `no_way`, `other_times`, `full`, or `nothing_published`. */
                reason?: string | null;
            }[];
            /** @description Names the next page; `null` on the last one. */
            next_cursor?: string | null;
        };
        /** @description One page of a list. */
        Rows_InstanceRow: {
            items: {
                created_at: string;
                /** @description SHA-256 of the tables, as plans name it. */
                hash: string;
                id: string;
                /** @description Identifier of the key that brought it. */
                made_by: string;
                name: string;
                title: string;
            }[];
            /** @description Names the next page; `null` on the last one. */
            next_cursor?: string | null;
        };
        /** @description One page of a list. */
        Rows_KeyRow: {
            items: {
                created_at: string;
                id: string;
                label: string;
                member?: string | null;
                revoked_at?: string | null;
                role: components["schemas"]["Role"];
            }[];
            /** @description Names the next page; `null` on the last one. */
            next_cursor?: string | null;
        };
        /** @description One page of a list. */
        Rows_MemberRow: {
            items: {
                code: string;
                created_at: string;
                name: string;
                name_zh: string;
            }[];
            /** @description Names the next page; `null` on the last one. */
            next_cursor?: string | null;
        };
        /** @description One page of a list. */
        Rows_PlanLine: {
            items: {
                /** @description SHA-256 of the plan document as canonical JSON (RFC 8785). */
                content_hash: string;
                created_at: string;
                href: string;
                id: string;
                instance_id: string;
                /** @description The job that made it, for planners. */
                job_id?: string | null;
                /** @description Key that asked for it, for planners. */
                made_by?: string | null;
                /**
                 * Format: int64
                 * @description Audited profit of a cycle in hundredths, for planners.
                 */
                profit_cents?: number | null;
                /** @description Hash of its record, which carries that of the record before. */
                record_hash: string;
                /**
                 * Format: int64
                 * @description From 1, one more with each plan of the instance.
                 */
                revision: number;
                status: components["schemas"]["PlanStatus"];
            }[];
            /** @description Names the next page; `null` on the last one. */
            next_cursor?: string | null;
        };
        /** @description One page of a list. */
        Rows_TrailRow: {
            items: {
                /** @description What was done, such as `plan.published`. */
                action: string;
                at: string;
                detail: string;
                /** @description Identifier of the key that did it. */
                made_by: string;
                /** @description Identifier of what it was done to. */
                object: string;
                previous_hash: string;
                /** @description SHA-256 of the canonical JSON of all fields before. */
                record_hash: string;
                /** Format: int64 */
                seq: number;
            }[];
            /** @description Names the next page; `null` on the last one. */
            next_cursor?: string | null;
        };
        /** @description One departure of a service in the cycle, with all its calls. */
        Sailing: {
            /** @description Arrival back at the first terminal, where the next voyage of the vessel starts. */
            back_at_min: components["schemas"]["Minutes"];
            /** @description One per call of the rotation. */
            calls: components["schemas"]["CallTimes"][];
            /**
             * Format: uint32
             * @description From 0; sailing `k` of the service in week `w` is taken by vessel `(w * sailings_per_cycle + k) mod vessels`, so that the vessel
             *     that ends sailing `k` goes on with sailing `k + vessels`.
             */
            number: number;
            service: components["schemas"]["ServiceCode"];
        };
        /** @description A sailing with its calls in order. */
        SailingDetail: {
            /** @description Weekday and local time in Asia/Shanghai. */
            back_at: string;
            back_at_min: components["schemas"]["Minutes"];
            calls: components["schemas"]["CallDetail"][];
            /** Format: uint32 */
            number: number;
            service: components["schemas"]["ServiceCode"];
        };
        /** @description One call of a vessel at the port. */
        Schedule: {
            cutOffTimes: components["schemas"]["CutOffTime"][];
            /** @description True: no barge is assigned to a voyage when a plan is published. */
            isDummyVessel: boolean;
            servicePartners: components["schemas"]["ServicePartnerSchedule"][];
            timestamps: components["schemas"]["Timestamp"][];
            universalExportVoyageReference: string;
            universalImportVoyageReference: string;
            vessel: components["schemas"]["Vessel"];
        };
        /** @description A fixed rotation with a class, an operator's vessels and a number of sailings a cycle. */
        Service: {
            /**
             * @description Cyclic: the last call is followed by the first call of the vessel's next voyage. Outbound and inbound are one rotation, so every
             *     sailing out is paired with the sailing back.
             */
            calls: components["schemas"]["TerminalCode"][];
            class: components["schemas"]["ClassCode"];
            /** @description R6: exports may be loaded while imports stay on board. */
            mixed_direction: boolean;
            operator: components["schemas"]["OperatorCode"];
            regime: components["schemas"]["Regime"];
            /** @description The vessels are registered for the Hong Kong and Macau trade (R1, R5). */
            registered: boolean;
            /** Format: uint32 */
            sailings_per_cycle: number;
            service: components["schemas"]["ServiceCode"];
            /** Format: uint32 */
            vessels: number;
        };
        /** @description A rotation with its class, in the plans. */
        ServiceChange: {
            class: components["schemas"]["ClassCode"];
            rotation: components["schemas"]["TerminalCode"][];
            /** Format: uint32 */
            sailings_a: number;
            /** Format: uint32 */
            sailings_b: number;
            /** Format: uint32 */
            vessels_a: number;
            /** Format: uint32 */
            vessels_b: number;
        };
        /** @description Key of a service in a plan, such as `S03`. */
        ServiceCode: string;
        /** @description What one service costs its operator in a cycle; calls, energy and vessels of all services add up to those of the ledger. */
        ServiceCost: {
            call_cents: components["schemas"]["Cents"];
            energy_cents: components["schemas"]["Cents"];
            service: components["schemas"]["ServiceCode"];
            vessel_cents: components["schemas"]["Cents"];
        };
        /** @description A service with its timetable. */
        ServiceDetail: {
            /**
             * @description Cyclic: the last call is followed by the first call of the vessel's next voyage. Outbound and inbound are one rotation, so every
             *     sailing out is paired with the sailing back.
             */
            calls: components["schemas"]["TerminalCode"][];
            class: components["schemas"]["ClassCode"];
            cycle_min: components["schemas"]["Minutes"];
            /** @description R6: exports may be loaded while imports stay on board. */
            mixed_direction: boolean;
            operator: components["schemas"]["OperatorCode"];
            regime: components["schemas"]["Regime"];
            /** @description The vessels are registered for the Hong Kong and Macau trade (R1, R5). */
            registered: boolean;
            sailings: components["schemas"]["SailingDetail"][];
            /** Format: uint32 */
            sailings_per_cycle: number;
            service: components["schemas"]["ServiceCode"];
            /** Format: uint32 */
            vessels: number;
        };
        /** @description A service in the list. */
        ServiceLine: {
            /**
             * @description Cyclic: the last call is followed by the first call of the vessel's next voyage. Outbound and inbound are one rotation, so every
             *     sailing out is paired with the sailing back.
             */
            calls: components["schemas"]["TerminalCode"][];
            class: components["schemas"]["ClassCode"];
            /** @description Where the service with its timetable is, while its plan is the current one. */
            href: string;
            /** @description R6: exports may be loaded while imports stay on board. */
            mixed_direction: boolean;
            operator: components["schemas"]["OperatorCode"];
            regime: components["schemas"]["Regime"];
            /** @description The vessels are registered for the Hong Kong and Macau trade (R1, R5). */
            registered: boolean;
            /** Format: uint32 */
            sailings_per_cycle: number;
            service: components["schemas"]["ServiceCode"];
            /** Format: uint32 */
            vessels: number;
        };
        /** @description A member that sells the service. */
        ServicePartner: {
            carrierCode?: string | null;
            /** @description On which it leaves the leg's start. */
            carrierExportVoyageNumber: string;
            /** @description On which the barge arrives at the leg's end. */
            carrierImportVoyageNumber: string;
            carrierServiceCode: string;
            carrierServiceName: string;
        };
        /** @description A member that sells the service, with the voyages that meet at the call. */
        ServicePartnerSchedule: {
            carrierCode?: string | null;
            /** @description On which it departs. */
            carrierExportVoyageNumber: string;
            /** @description On which the vessel arrives. */
            carrierImportVoyageNumber: string;
            carrierServiceCode: string;
            carrierServiceName: string;
        };
        /** @description A service with the timetables of its vessels. */
        ServiceSchedule: {
            carrierServiceCode: string;
            carrierServiceName: string;
            /** @description One for each vessel of the service that calls in the time asked for. */
            vesselSchedules: components["schemas"]["VesselSchedule"][];
        };
        /** @description The services of a plan. */
        Services: {
            services: components["schemas"]["ServiceLine"][];
        };
        /** @description A session, or none. */
        SessionBody: {
            principal?: components["schemas"]["Principal"] | null;
        };
        /** @description The secret of a key, to open a session. */
        SessionRequest: {
            key: string;
        };
        /** @description What a set of members would earn alone, and what it gets. */
        SetProof: {
            /** @description Value less share: above zero the set would do better alone. */
            excess_cents: components["schemas"]["Cents"];
            members: components["schemas"]["OperatorCode"][];
            share_cents: components["schemas"]["Cents"];
            value_cents: components["schemas"]["Cents"];
            /** @description What the others of the set would earn without the member: the rest is the member's contribution. */
            without_cents: components["schemas"]["Cents"];
        };
        SetWeight: {
            /** Format: uint32 */
            set: number;
            /** Format: double */
            weight: number;
        };
        /** @description What the members agreed on. */
        SharingRule: ("shapley" | "nucleolus") | "fair" | "owen";
        /** @description Cargo of one demand that takes one way through the timed network, every cycle. */
        Shipment: {
            cargo: components["schemas"]["Cargo"];
            demand: components["schemas"]["DemandCode"];
            destination: components["schemas"]["TerminalCode"];
            origin: components["schemas"]["TerminalCode"];
            /** @description In travel order; between two of them the boxes are transshipped. */
            rides: components["schemas"]["Ride"][];
            trade: components["schemas"]["Trade"];
            volume_teu: components["schemas"]["Teu"];
        };
        /** @description The parts of a plan; those that the caller may not see are left out. */
        ShownPlan: {
            cycle_min: components["schemas"]["Minutes"];
            /** Format: uint32 */
            format: number;
            /** @description For the alliance's planners. */
            left_behind?: components["schemas"]["LeftBehind"][] | null;
            made_from: components["schemas"]["MadeFrom"];
            practice: components["schemas"]["Practice"];
            /** @description For planners. */
            proofs?: components["schemas"]["Proof"][] | null;
            sailings: components["schemas"]["Sailing"][];
            services: components["schemas"]["Service"][];
            /** @description For the alliance's planners. */
            shipments?: components["schemas"]["Shipment"][] | null;
            slots?: components["schemas"]["LegSlots"][] | null;
            terminals: components["schemas"]["TerminalName"][];
        };
        /** @description A settlement as far as the caller may see it. */
        ShownSettlement: components["schemas"]["AllianceSettlement"] | components["schemas"]["MemberSettlement"];
        /** @description What a plan is, for the head of its column. */
        SideFacts: {
            practice: components["schemas"]["Practice"];
            program_version: string;
            /** Format: uint64 */
            seed: number;
            /** Format: uint */
            violations: number;
        };
        /** @description A member on a leg; what belongs to it stands in the plan's allotments. */
        SlotAccount: {
            member: components["schemas"]["OperatorCode"];
            receives_cents: components["schemas"]["Cents"];
            used_dangerous_teu: components["schemas"]["Teu"];
            used_kg: components["schemas"]["Kg"];
            used_plugs: components["schemas"]["Teu"];
            used_teu: components["schemas"]["Teu"];
        };
        /** @description The slots of a plan, leg by leg. */
        Slots: {
            /** @description With all allotments for planners, with its own for a member. */
            slots: components["schemas"]["LegSlots"][];
        };
        Stage: "design" | "timetable" | "slots" | "plan";
        /** @description Where a booking stands, by the names of DCSA Booking 2.0. */
        State: "RECEIVED" | "PENDING_UPDATE" | "CONFIRMED" | "PENDING_AMENDMENT" | "REJECTED" | "DECLINED" | "CANCELLED" | "COMPLETED";
        /** @description A stretch of waterway between two terminals or junctions; downstream is from `from` to `to`. */
        Stretch: {
            /** @description It crosses the Hong Kong or Macau boundary. */
            border: boolean;
            from: string;
            length_m: components["schemas"]["Metres"];
            /** @description Longitudes and latitudes from `from` to `to`: the course as the instance's map has it, else a straight line. */
            line: number[][];
            link: string;
            /** @description Name of the lock on it. */
            lock: string | null;
            name: string;
            name_zh: string;
            to: string;
        };
        /** @description A stretch as it is sailed on a leg. */
        StretchWay: {
            downstream: boolean;
            /**
             * @description From the leg's departure until the vessel leaves the stretch, at the leg's mean speed; waits and passages of locks are counted at the
             *     lock, and a border stop at the end of the leg.
             */
            left_after_min: components["schemas"]["Minutes"];
            link: string;
            /** @description From the leg's departure until the vessel enters the stretch's lock. */
            lock_entered_after_min: components["schemas"]["Minutes"] | null;
            /** @description From the leg's departure until the vessel leaves the lock. */
            lock_left_after_min: components["schemas"]["Minutes"] | null;
        };
        /** @description Charges of the published list. An item that is not on the list is 0 and never shown. */
        Tariff: {
            /** @description Such as `RMB`. */
            currency: string;
            /** @description One TEU of dangerous goods, on top of the freight. */
            dangerous_cents_per_teu: components["schemas"]["Cents"];
            /** @description Papers of one booking. */
            document_cents: components["schemas"]["Cents"];
            /**
             * Format: int64
             * @description What an empty box pays of the freight, in hundredths of it.
             */
            empty_freight_percent: number;
            /** @description Freight of one TEU for each barge it rides. */
            freight_cents_per_teu: components["schemas"]["Cents"];
            /** @description Freight of one TEU for each kilometre between the ends of a ride, by water. */
            freight_cents_per_teu_km: components["schemas"]["Cents"];
            /** @description One TEU on a plug, on top of the freight. */
            reefer_cents_per_teu: components["schemas"]["Cents"];
            /** @description One TEU moved from one barge to another. */
            transshipment_cents_per_teu: components["schemas"]["Cents"];
        };
        /** @description Key of a terminal, such as `NSA`. Not its UN/LOCODE, which several terminals may share. */
        TerminalCode: string;
        /** @description A terminal with the calls there. */
        TerminalDetail: {
            /** @description By berthing, moved into one cycle. */
            calls: components["schemas"]["BerthCall"][];
            cycle_min: components["schemas"]["Minutes"];
            facility: string;
            name: string;
            name_zh: string;
            terminal: components["schemas"]["TerminalCode"];
        };
        /** @description A terminal with the services that call there. */
        TerminalLine: {
            facility: string;
            name: string;
            name_zh: string;
            services: components["schemas"]["ServiceCode"][];
            terminal: components["schemas"]["TerminalCode"];
        };
        /** @description A terminal as shown to a reader. */
        TerminalName: {
            facility: string;
            name: string;
            name_zh: string;
            terminal: components["schemas"]["TerminalCode"];
        };
        /** @description Use of a terminal by the plan. */
        TerminalUse: {
            /** Format: double */
            berth_hours: number;
            /** Format: uint32 */
            calls: number;
            /** Format: double */
            calls_per_berth: number;
            discharged_teu: components["schemas"]["Teu"];
            loaded_teu: components["schemas"]["Teu"];
            terminal: components["schemas"]["TerminalCode"];
        };
        /** @description The terminals of a plan. */
        Terminals: {
            terminals: components["schemas"]["TerminalLine"][];
        };
        /** @description What the alliance sets about bookings. */
        Terms: {
            /**
             * Format: int64
             * @description Boxes are in the terminal so long before the barge is berthed; then the booking closes too.
             */
            box_cut_off_h: number;
            /**
             * Format: int64
             * @description Export, import and transit close so much earlier: advance manifest and supervised yard (R10).
             */
            customs_cut_off_h: number;
            /**
             * Format: int64
             * @description The waiting list's offers stand so long, and never beyond the cut-off.
             */
            offer_h: number;
            /**
             * Format: int64
             * @description Slots that may be booked beyond a vessel's capacity, in hundredths of it. Everybody who sees free slots sees this too.
             */
            overbooking_percent: number;
            /**
             * Format: int64
             * @description Unused allotments go back to everybody so long before the box cut-off of their leg.
             */
            return_h: number;
        };
        /**
         * Format: int64
         * @description Twenty-foot equivalent units: the size of a slot. Whole boxes only.
         */
        Teu: number;
        /** @description A planned arrival or departure. */
        Timestamp: {
            eventClassifierCode: components["schemas"]["EventClassifierCode"];
            /**
             * Format: date-time
             * @description Local time with its offset from UTC.
             */
            eventDateTime: string;
            eventTypeCode: components["schemas"]["EventTypeCode"];
        };
        /** @description All sailings of a cycle. */
        Timetable: {
            cycle_min: components["schemas"]["Minutes"];
            sailings: components["schemas"]["SailingDetail"][];
        };
        /** @description Customs status of cargo. */
        Trade: ("export" | "import" | "domestic") | "transit" | "cross_border_domestic" | "empty";
        /** @description One act. */
        TrailRow: {
            /** @description What was done, such as `plan.published`. */
            action: string;
            at: string;
            detail: string;
            /** @description Identifier of the key that did it. */
            made_by: string;
            /** @description Identifier of what it was done to. */
            object: string;
            previous_hash: string;
            /** @description SHA-256 of the canonical JSON of all fields before. */
            record_hash: string;
            /** Format: int64 */
            seq: number;
        };
        /** @description A call of a voyage at a terminal. */
        TransportCall: {
            /** @description On which it departs. */
            carrierExportVoyageNumber: string;
            /** @description On which the vessel arrives. */
            carrierImportVoyageNumber: string;
            cutOffTimes: components["schemas"]["CutOffTime"][];
            location: components["schemas"]["PortScheduleLocation"];
            timestamps: components["schemas"]["Timestamp"][];
            /** @description Service, voyage, terminal and place in the rotation. */
            transportCallReference: string;
            universalExportVoyageReference: string;
            universalImportVoyageReference: string;
        };
        /** @description What is known of a vessel before one is assigned. */
        Vessel: {
            /** @description The member that sails it, by the alliance's own code. */
            operatorCarrierCode: string;
        };
        /** @description The timetable of one vessel of a service. */
        VesselSchedule: {
            /** @description True: no barge is assigned to a voyage when a plan is published. */
            isDummyVessel: boolean;
            /** @description In the order of time. */
            transportCalls: components["schemas"]["TransportCall"][];
            vessel: components["schemas"]["Vessel"];
        };
        /** @description A rule that the plan breaks. */
        Violation: {
            message: string;
            /** @description Service, sailing, call, demand or terminal concerned. */
            place: string;
            /** @description Stable code of the rule, such as `A-BERTH`; listed in `models/audit.md`. */
            rule: string;
        };
        /** @description An event as it is sent. */
        WatchedEvent: {
            /** @description JSON with `at`, the time, and `body`, what happened. */
            data: string;
            /** @description `state` or `progress`. */
            event: string;
            /** @description To be sent as `Last-Event-ID`. */
            id: string;
        };
        /**
         * @description Prices, in hundredths of the currency, of what a plan does beside earning money. Nobody pays them: they say what the planner would give
         *     up for it. All are zero where only money counts.
         */
        Weights: {
            /**
             * @description For each TEU carried, added.
             * @default 0
             */
            carried_cents_per_teu: components["schemas"]["Cents"];
            /**
             * @description For each tonne of CO2 that the vessels emit, taken off.
             * @default 0
             */
            co2_cents_per_t: components["schemas"]["Cents"];
            /**
             * @description For each TEU and day from departure at the origin to arrival at the destination, customs delay included, taken off.
             * @default 0
             */
            transit_cents_per_teu_day: components["schemas"]["Cents"];
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
    page: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description The caller holds it already */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The key opens nothing, or none was sent where one is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description Too many requests of this caller */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description No room or no time now */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "list-audit-trail": {
        parameters: {
            query?: {
                /** @description Most rows of the answer. */
                limit?: number;
                /** @description `next_cursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of acts, each with the hash of the one before */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Rows_TrailRow"];
                };
            };
            /** @description The query cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description The key opens nothing, or none was sent where one is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description The role may not do this, or a session was used from another page */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description Too many requests of this caller */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description No room or no time now */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "get-availability": {
        parameters: {
            query?: {
                /** @description A day of the cycle, in Asia/Shanghai; today where it is missing. */
                date?: string;
                /** @description Only this service. */
                service?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All legs */
            200: {
                headers: {
                    /** @description Names these bytes for ever */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Availability"];
                };
            };
            /** @description The caller holds it already */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The query cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description The key opens nothing, or none was sent where one is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description The role may not do this, or a session was used from another page */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description Nothing is published */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description Too many requests of this caller */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description No room or no time now */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "get-booking-terms": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The terms */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Terms"];
                };
            };
            /** @description The key opens nothing, or none was sent where one is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description The role may not do this, or a session was used from another page */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description Too many requests of this caller */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description No room or no time now */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "set-booking-terms": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Terms"];
            };
        };
        responses: {
            /** @description The terms */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Terms"];
                };
            };
            /** @description The body cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description The key opens nothing, or none was sent where one is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description The role may not do this, or a session was used from another page */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description The body is not JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description The terms have errors: all of them */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description Too many requests of this caller */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description No room or no time now */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "list-bookings": {
        parameters: {
            query?: {
                /** @description Only bookings in this state. */
                state?: string;
                limit?: number;
                /** @description `next_cursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of bookings */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BookingRows"];
                };
            };
            /** @description The query cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description The key opens nothing, or none was sent where one is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description The role may not do this, or a session was used from another page */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description Too many requests of this caller */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description No room or no time now */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "create-booking": {
        parameters: {
            query?: never;
            header: {
                /** @description 1 to 255 visible characters, a new one with each booking */
                "Idempotency-Key": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BookingRequest"];
            };
        };
        responses: {
            /** @description The booking, `CONFIRMED` or on the waiting list */
            201: {
                headers: {
                    /** @description Its version */
                    ETag?: string;
                    /** @description The booking */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BookingBody"];
                };
            };
            /** @description The key or the body cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description The key opens nothing, or none was sent where one is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description The role may not do this, or a session was used from another page */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description Nothing is published */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description There is no room, the cut-off has passed, another plan was published since, or the first request with this key is not answered yet */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description The body is not JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description The booking has errors: all of them; or the key was used for another request */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description Too many requests of this caller */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description No room or no time now */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "get-booking": {
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
            /** @description The booking */
            200: {
                headers: {
                    /** @description Its version */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BookingBody"];
                };
            };
            /** @description The caller holds this version already */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The key opens nothing, or none was sent where one is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description The role may not do this, or a session was used from another page */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description No such booking, or none that the caller may see */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description Too many requests of this caller */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description No room or no time now */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "amend-booking": {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of the booking as it was read; without it the answer is 428 */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AmendRequest"];
            };
        };
        responses: {
            /** @description The booking, amended */
            200: {
                headers: {
                    /** @description Its version */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BookingBody"];
                };
            };
            /** @description The body cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description The key opens nothing, or none was sent where one is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description The role may not do this, or a session was used from another page */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description No such booking, or none that the caller may see */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description There is no room, the cut-off has passed, or the booking has ended */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description The booking has changed since */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description The body is not JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description The request has errors: all of them */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description `If-Match` is missing */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description Too many requests of this caller */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description No room or no time now */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "accept-booking-offer": {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of the booking as it was read */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The booking */
            200: {
                headers: {
                    /** @description Its version */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BookingBody"];
                };
            };
            /** @description The key opens nothing, or none was sent where one is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description The role may not do this, or a session was used from another page */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description No such booking, or none that the caller may see */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description The booking is not in a state for this, or it is too late */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description The booking has changed since */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description Too many requests of this caller */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description No room or no time now */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "get-booking-calendar": {
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
            /** @description The paper */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/calendar": string;
                };
            };
            /** @description The key opens nothing, or none was sent where one is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description The role may not do this, or a session was used from another page */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description No such booking, or none that the caller may see */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description Too many requests of this caller */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description No room or no time now */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "cancel-booking": {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of the booking as it was read */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The booking */
            200: {
                headers: {
                    /** @description Its version */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BookingBody"];
                };
            };
            /** @description The key opens nothing, or none was sent where one is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description The role may not do this, or a session was used from another page */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description No such booking, or none that the caller may see */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description The booking is not in a state for this, or it is too late */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description The booking has changed since */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description Too many requests of this caller */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description No room or no time now */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "get-booking-confirmation": {
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
            /** @description The paper */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description The key opens nothing, or none was sent where one is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description The role may not do this, or a session was used from another page */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description No such booking, or none that the caller may see */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description Too many requests of this caller */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description No room or no time now */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "decline-booking-offer": {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of the booking as it was read */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The booking */
            200: {
                headers: {
                    /** @description Its version */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BookingBody"];
                };
            };
            /** @description The key opens nothing, or none was sent where one is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description The role may not do this, or a session was used from another page */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description No such booking, or none that the caller may see */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description The booking is not in a state for this, or it is too late */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description The booking has changed since */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description Too many requests of this caller */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description No room or no time now */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "list-booking-events": {
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
            /** @description All records */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventRows"];
                };
            };
            /** @description The key opens nothing, or none was sent where one is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description The role may not do this, or a session was used from another page */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description No such booking, or none that the caller may see */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description Too many requests of this caller */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description No room or no time now */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "list-instances": {
        parameters: {
            query?: {
                /** @description Most rows of the answer. */
                limit?: number;
                /** @description `next_cursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of instances */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Rows_InstanceRow"];
                };
            };
            /** @description The query cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description The key opens nothing, or none was sent where one is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description The role may not do this, or a session was used from another page */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description Too many requests of this caller */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description No room or no time now */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "bring-instance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description The instance's tables */
        requestBody: {
            content: {
                "application/json": components["schemas"]["JsonInstance"];
                "application/zip": number[];
            };
        };
        responses: {
            /** @description The instance was known already */
            200: {
                headers: {
                    /** @description The instance */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Brought"];
                };
            };
            /** @description The instance is new */
            201: {
                headers: {
                    /** @description The instance */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Brought"];
                };
            };
            /** @description The body cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description The key opens nothing, or none was sent where one is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description The role may not do this, or a session was used from another page */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description Neither a zip archive nor JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description The upload or the instance has errors: all of them */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description Too many requests of this caller */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description No room or no time now */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "get-instance": {
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
            /** @description The instance, without its tables */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InstanceRow"];
                };
            };
            /** @description The caller holds it already */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The key opens nothing, or none was sent where one is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description The role may not do this, or a session was used from another page */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description No such instance */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description Too many requests of this caller */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description No room or no time now */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "list-jobs": {
        parameters: {
            query?: {
                /** @description Most rows of the answer. */
                limit?: number;
                /** @description `next_cursor` of the page before. */
                cursor?: string;
                /** @description Jobs in this state. */
                state?: "waiting" | "queued" | "running" | "done" | "failed" | "cancelled" | "interrupted";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of jobs */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobRows"];
                };
            };
            /** @description The query cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description The key opens nothing, or none was sent where one is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description The role may not do this, or a session was used from another page */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description Too many requests of this caller */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description No room or no time now */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "get-job": {
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
            /** @description The job and how far it has come */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobBody"];
                };
            };
            /** @description The key opens nothing, or none was sent where one is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description The role may not do this, or a session was used from another page */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description No such job */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description Too many requests of this caller */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description No room or no time now */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "cancel-job": {
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
            /** @description The job as it is now */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobBody"];
                };
            };
            /** @description The key opens nothing, or none was sent where one is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description The role may not do this, or a session was used from another page */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description No such job */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description Too many requests of this caller */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description No room or no time now */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "watch-job": {
        parameters: {
            query?: never;
            header?: {
                /** @description Identifier of the last event that was seen */
                "Last-Event-ID"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Events */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": components["schemas"]["WatchedEvent"];
                };
            };
            /** @description Last-Event-ID is no number */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description The key opens nothing, or none was sent where one is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description The role may not do this, or a session was used from another page */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description No such job */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description Too many requests of this caller */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description No room or no time now */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "find-journeys": {
        parameters: {
            query: {
                /** @description Terminal of origin, as `/api/v1/terminals` names it. */
                from: string;
                /** @description Terminal of destination; that of the mother vessel where it is missing. */
                to?: string;
                /** @description The boxes can be handed over from then on (RFC 3339). */
                depart?: string;
                /** @description They must arrive by then (RFC 3339), a second customs clearance included. */
                arrive?: string;
                /** @description All departures of the seven days from this day on, in Asia/Shanghai. */
                week?: string;
                /** @description They must arrive by the next barge cut-off of this mother vessel. */
                mother_vessel?: string;
                /** @description Customs status; `domestic` where it is missing. */
                trade?: string;
                /** @description `dry` where it is missing. */
                cargo?: string;
                /** @description Slots that the boxes take; 1 where it is missing. */
                teu?: number;
                /** @description Gross mass of all boxes together; 0 where it is missing. */
                weight_kg?: number;
                /** @description Most changes from barge to barge. */
                transshipments?: number;
                /** @description `room`: only ways with room for these boxes on every leg. `all`, the default: also full ones, which say so. */
                show?: string;
                limit?: number;
                /** @description `next_cursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of ways */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JourneyRows"];
                };
            };
            /** @description The query cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description The key opens nothing, or none was sent where one is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description The role may not do this, or a session was used from another page */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description Nothing is published */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description The question has errors: all of them */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description Too many requests of this caller */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description No room or no time now */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "list-keys": {
        parameters: {
            query?: {
                /** @description Most rows of the answer. */
                limit?: number;
                /** @description `next_cursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of keys */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Rows_KeyRow"];
                };
            };
            /** @description The query cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description The key opens nothing, or none was sent where one is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description The role may not do this, or a session was used from another page */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description Too many requests of this caller */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description No room or no time now */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "create-key": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["KeyRequest"];
            };
        };
        responses: {
            /** @description The key and its secret */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewKeyBody"];
                };
            };
            /** @description The body cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description The key opens nothing, or none was sent where one is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description The role may not do this, or a session was used from another page */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description No such member */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description The role needs a member and there is none, or the other way round */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description The body is not JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description The key has errors: all of them */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description Too many requests of this caller */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description No room or no time now */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "revoke-key": {
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
            /** @description The key, revoked */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeyRow"];
                };
            };
            /** @description The key opens nothing, or none was sent where one is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description The role may not do this, or a session was used from another page */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description No such key */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description Too many requests of this caller */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description No room or no time now */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "get-me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The holder of the key */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Principal"];
                };
            };
            /** @description The key opens nothing, or none was sent where one is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description The role may not do this, or a session was used from another page */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description Too many requests of this caller */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description No room or no time now */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "list-members": {
        parameters: {
            query?: {
                /** @description Most rows of the answer. */
                limit?: number;
                /** @description `next_cursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of members */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Rows_MemberRow"];
                };
            };
            /** @description The query cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description The key opens nothing, or none was sent where one is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description The role may not do this, or a session was used from another page */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description Too many requests of this caller */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description No room or no time now */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "add-member": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewMember"];
            };
        };
        responses: {
            /** @description The member */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MemberRow"];
                };
            };
            /** @description The body cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description The key opens nothing, or none was sent where one is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description The role may not do this, or a session was used from another page */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description The code is taken */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description The body is not JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description The member has errors: all of them */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description Too many requests of this caller */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description No room or no time now */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "list-plans": {
        parameters: {
            query?: {
                /** @description Most rows of the answer. */
                limit?: number;
                /** @description `next_cursor` of the page before. */
                cursor?: string;
                /** @description Plans in this status; whoever may see published plans only gets those. */
                status?: "draft" | "published" | "withdrawn";
                /** @description Plans of this instance. */
                instance?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of plans */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Rows_PlanLine"];
                };
            };
            /** @description The query cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description The key opens nothing, or none was sent where one is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description Too many requests of this caller */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description No room or no time now */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "request-plan": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PlanRequest"];
            };
        };
        responses: {
            /** @description The job that makes the plan */
            202: {
                headers: {
                    /** @description The job */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobBody"];
                };
            };
            /** @description The body cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description The key opens nothing, or none was sent where one is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description The role may not do this, or a session was used from another page */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description No such instance or start plan */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description The start plan is one of an instance with another name */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description The body is not JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description The request has errors: all of them */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description Too many requests of this caller */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description No room or no time now */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "get-plan": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Identifier of the plan, or `current` */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As far as the caller may see it */
            200: {
                headers: {
                    /** @description Names these bytes for ever */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlanBody"];
                };
            };
            /** @description The caller holds it already */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The key opens nothing, or none was sent where one is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description No such plan, or none that the caller may see */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description Too many requests of this caller */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description No room or no time now */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "get-plan-berths": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Identifier of the plan, or `current` */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As far as the caller may see it */
            200: {
                headers: {
                    /** @description Names these bytes for ever */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Berths"];
                };
            };
            /** @description The caller holds it already */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The key opens nothing, or none was sent where one is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description The role may not do this, or a session was used from another page */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description No such plan, or none that the caller may see */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description Too many requests of this caller */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description No room or no time now */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "get-plan-berths-csv": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Identifier of the plan, or `current` */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As far as the caller may see it */
            200: {
                headers: {
                    /** @description Names these bytes for ever */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            /** @description The caller holds it already */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The key opens nothing, or none was sent where one is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description The role may not do this, or a session was used from another page */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description No such plan, or none that the caller may see */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description Too many requests of this caller */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description No room or no time now */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "list-carried-bookings": {
        parameters: {
            query?: {
                /** @description Most rows of the answer. */
                limit?: number;
                /** @description `next_cursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path: {
                /** @description Identifier of the plan, or `current` */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of bookings that the caller may see */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Rows_CarriedRow"];
                };
            };
            /** @description The query cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description The key opens nothing, or none was sent where one is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description The role may not do this, or a session was used from another page */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description No such plan, or none that the caller may see */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description Too many requests of this caller */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description No room or no time now */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "compare-plans": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Identifier of the first plan, or `current` */
                id: string;
                /** @description Identifier of the second plan, or `current` */
                other: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The comparison */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Comparison"];
                };
            };
            /** @description The caller holds it already */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The key opens nothing, or none was sent where one is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description The role may not do this, or a session was used from another page */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description No such plan */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description The plans are of instances with two names */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description Too many requests of this caller */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description No room or no time now */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "get-plan-ledger": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Identifier of the plan, or `current` */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As far as the caller may see it */
            200: {
                headers: {
                    /** @description Names these bytes for ever */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Account"];
                };
            };
            /** @description The caller holds it already */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The key opens nothing, or none was sent where one is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description The role may not do this, or a session was used from another page */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description No such plan, or none that the caller may see */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description Too many requests of this caller */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description No room or no time now */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "get-plan-load-lists": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Identifier of the plan, or `current` */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As far as the caller may see it */
            200: {
                headers: {
                    /** @description Names these bytes for ever */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LoadLists"];
                };
            };
            /** @description The caller holds it already */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The key opens nothing, or none was sent where one is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description The role may not do this, or a session was used from another page */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description No such plan, or none that the caller may see */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description Too many requests of this caller */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description No room or no time now */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "get-plan-network": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Identifier of the plan, or `current` */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As far as the caller may see it */
            200: {
                headers: {
                    /** @description Names these bytes for ever */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Network"];
                };
            };
            /** @description The caller holds it already */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The key opens nothing, or none was sent where one is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description No such plan, or none that the caller may see */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description Too many requests of this caller */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description No room or no time now */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "publish-plan": {
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
                "application/json": components["schemas"]["Note"];
            };
        };
        responses: {
            /** @description The plan is published */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlanLine"];
                };
            };
            /** @description The body cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description The key opens nothing, or none was sent where one is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description The role may not do this, or a session was used from another page */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description No such plan */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description The plan was withdrawn */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description The body is not JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description The note has errors, or the plan has violations: all of them */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description Too many requests of this caller */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description No room or no time now */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "get-plan-record": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Identifier of the plan, or `current` */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The plan as it is listed, and when it was published and withdrawn */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlanRecord"];
                };
            };
            /** @description The key opens nothing, or none was sent where one is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description No such plan, or none that the caller may see */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description Too many requests of this caller */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description No room or no time now */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "get-plan-services": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Identifier of the plan, or `current` */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As far as the caller may see it */
            200: {
                headers: {
                    /** @description Names these bytes for ever */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Services"];
                };
            };
            /** @description The caller holds it already */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The key opens nothing, or none was sent where one is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description No such plan, or none that the caller may see */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description Too many requests of this caller */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description No room or no time now */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "get-plan-settlement": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Identifier of the plan, or `current` */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As far as the caller may see it */
            200: {
                headers: {
                    /** @description Names these bytes for ever */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ShownSettlement"];
                };
            };
            /** @description The caller holds it already */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The key opens nothing, or none was sent where one is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description The role may not do this, or a session was used from another page */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description No such plan, or none that the caller may see */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description Too many requests of this caller */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description No room or no time now */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "get-plan-slots": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Identifier of the plan, or `current` */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As far as the caller may see it */
            200: {
                headers: {
                    /** @description Names these bytes for ever */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Slots"];
                };
            };
            /** @description The caller holds it already */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The key opens nothing, or none was sent where one is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description The role may not do this, or a session was used from another page */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description No such plan, or none that the caller may see */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description Too many requests of this caller */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description No room or no time now */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "get-plan-slots-csv": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Identifier of the plan, or `current` */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As far as the caller may see it */
            200: {
                headers: {
                    /** @description Names these bytes for ever */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            /** @description The caller holds it already */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The key opens nothing, or none was sent where one is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description The role may not do this, or a session was used from another page */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description No such plan, or none that the caller may see */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description Too many requests of this caller */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description No room or no time now */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "get-plan-text": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Identifier of the plan, or `current` */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As far as the caller may see it */
            200: {
                headers: {
                    /** @description Names these bytes for ever */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description The caller holds it already */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The key opens nothing, or none was sent where one is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description The role may not do this, or a session was used from another page */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description No such plan, or none that the caller may see */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description Too many requests of this caller */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description No room or no time now */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "get-plan-timetable": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Identifier of the plan, or `current` */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As far as the caller may see it */
            200: {
                headers: {
                    /** @description Names these bytes for ever */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Timetable"];
                };
            };
            /** @description The caller holds it already */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The key opens nothing, or none was sent where one is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description No such plan, or none that the caller may see */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description Too many requests of this caller */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description No room or no time now */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "get-plan-timetable-csv": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Identifier of the plan, or `current` */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As far as the caller may see it */
            200: {
                headers: {
                    /** @description Names these bytes for ever */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            /** @description The caller holds it already */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The key opens nothing, or none was sent where one is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description No such plan, or none that the caller may see */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description Too many requests of this caller */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description No room or no time now */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "get-plan-timetable-xlsx": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Identifier of the plan, or `current` */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As far as the caller may see it */
            200: {
                headers: {
                    /** @description Names these bytes for ever */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": number[];
                };
            };
            /** @description The caller holds it already */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The key opens nothing, or none was sent where one is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description No such plan, or none that the caller may see */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description Too many requests of this caller */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description No room or no time now */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "withdraw-plan": {
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
                "application/json": components["schemas"]["Note"];
            };
        };
        responses: {
            /** @description The plan is withdrawn */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlanLine"];
                };
            };
            /** @description The body cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description The key opens nothing, or none was sent where one is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description The role may not do this, or a session was used from another page */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description No such plan */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description The plan was never published */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description The body is not JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description The note has errors */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description Too many requests of this caller */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description No room or no time now */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "list-services": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As far as the caller may see it */
            200: {
                headers: {
                    /** @description Names these bytes for ever */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Services"];
                };
            };
            /** @description The caller holds it already */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The key opens nothing, or none was sent where one is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description Nothing is published */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description Too many requests of this caller */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description No room or no time now */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "get-service": {
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
            /** @description As far as the caller may see it */
            200: {
                headers: {
                    /** @description Names these bytes for ever */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ServiceDetail"];
                };
            };
            /** @description The caller holds it already */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The key opens nothing, or none was sent where one is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description Nothing is published, or the current plan does not know it */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description Too many requests of this caller */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description No room or no time now */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "get-service-calendar": {
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
            /** @description As far as the caller may see it */
            200: {
                headers: {
                    /** @description Names these bytes for ever */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "text/calendar": string;
                };
            };
            /** @description The caller holds it already */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The key opens nothing, or none was sent where one is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description Nothing is published, or the current plan does not know it */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description Too many requests of this caller */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description No room or no time now */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "get-session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Who the caller is, if anybody */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionBody"];
                };
            };
            /** @description The key opens nothing, or none was sent where one is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description Too many requests of this caller */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description No room or no time now */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "open-session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SessionRequest"];
            };
        };
        responses: {
            /** @description Who the caller is */
            200: {
                headers: {
                    /** @description The session */
                    "Set-Cookie"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Principal"];
                };
            };
            /** @description The body cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description The key opens nothing, or none was sent where one is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description The role may not do this, or a session was used from another page */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description The body is not JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description The body has not the shape of this request */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description Too many requests of this caller */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description No room or no time now */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "end-session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The cookie is taken back */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The key opens nothing, or none was sent where one is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description The role may not do this, or a session was used from another page */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description Too many requests of this caller */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description No room or no time now */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "get-tariff": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The list */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tariff"];
                };
            };
            /** @description The key opens nothing, or none was sent where one is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description No list is published */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description Too many requests of this caller */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description No room or no time now */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "set-tariff": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Tariff"];
            };
        };
        responses: {
            /** @description The list */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tariff"];
                };
            };
            /** @description The body cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description The key opens nothing, or none was sent where one is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description The role may not do this, or a session was used from another page */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description The body is not JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description The list has errors: all of them */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description Too many requests of this caller */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description No room or no time now */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "list-terminals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As far as the caller may see it */
            200: {
                headers: {
                    /** @description Names these bytes for ever */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Terminals"];
                };
            };
            /** @description The caller holds it already */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The key opens nothing, or none was sent where one is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description Nothing is published */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description Too many requests of this caller */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description No room or no time now */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "get-terminal": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As far as the caller may see it */
            200: {
                headers: {
                    /** @description Names these bytes for ever */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TerminalDetail"];
                };
            };
            /** @description The caller holds it already */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The key opens nothing, or none was sent where one is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description Nothing is published, or the current plan does not know it */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description Too many requests of this caller */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description No room or no time now */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "get-terminal-calendar": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As far as the caller may see it */
            200: {
                headers: {
                    /** @description Names these bytes for ever */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "text/calendar": string;
                };
            };
            /** @description The caller holds it already */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The key opens nothing, or none was sent where one is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description Nothing is published, or the current plan does not know it */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description Too many requests of this caller */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description No room or no time now */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    health: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It does */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            /** @description The key opens nothing, or none was sent where one is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description Too many requests of this caller */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description No room or no time now */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    metrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Counters */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description The key opens nothing, or none was sent where one is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description The role may not do this, or a session was used from another page */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description Too many requests of this caller */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description No room or no time now */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    describe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OpenAPI 3.1 */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description The caller holds it already */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The key opens nothing, or none was sent where one is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description Too many requests of this caller */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description No room or no time now */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    readiness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description They can */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            /** @description The key opens nothing, or none was sent where one is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description Too many requests of this caller */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description No room or no time now */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "point-to-point-routes": {
        parameters: {
            query: {
                /**
                 * @description UN/LOCODE of the place where the box is handed over. All of the plan's terminals there count.
                 * @example CNNSA
                 */
                placeOfReceipt: string;
                /**
                 * @description UN/LOCODE of the place where the box is fetched. All of the plan's terminals there count.
                 * @example HKHKG
                 */
                placeOfDelivery: string;
                /** @description First local day of departure. Where one of the two days is missing, 28 days are answered; where no day at all is given, departures of 28 days from today. At most 92 days. */
                departureStartDate?: string;
                /** @description Last local day of departure. */
                departureEndDate?: string;
                /** @description First local day of arrival. Where one of the two days is missing, 28 days are answered. At most 92 days. */
                arrivalStartDate?: string;
                /** @description Last local day of arrival. */
                arrivalEndDate?: string;
                /**
                 * @description Most changes from barge to barge; 3 where it is missing, and never more than 3. The standard counts moves between ocean vessels only; this network sails barges only, so here every move from one barge to another counts.
                 * @example 1
                 */
                maxTranshipment?: number;
                /** @description `CY` container yard, `SD` store door or `CFS` container freight station. The alliance works from yard to yard: other types give an empty list. */
                receiptTypeAtOrigin?: string;
                /** @description As receiptTypeAtOrigin. */
                deliveryTypeAtDestination?: string;
                /** @description `DRY`, which is the default, or `REEFER`: only barges with plugs. */
                cargoType?: string;
                /** @description Most routes in the answer; 100 where it is missing. */
                limit?: number;
                /** @description The Next-Page-Cursor of the page before, with the same filters. */
                cursor?: string;
            };
            header?: {
                /** @description Major version of the standard: 1. */
                "API-Version"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Routes */
            200: {
                headers: {
                    /** @description Version of the standard that is spoken. */
                    "API-Version"?: string;
                    /** @description Opaque; missing on the last page. */
                    "Next-Page-Cursor"?: string | null;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PointToPoint"][];
                };
            };
            /** @description All that is wrong with the request */
            400: {
                headers: {
                    /** @description Version of the standard that is spoken. */
                    "API-Version"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorResponse"];
                };
            };
            /** @description The key opens nothing, or none was sent where one is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description Too many requests of this caller */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description No room or no time now */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "port-schedules": {
        parameters: {
            query: {
                /**
                 * @description UN/LOCODE of the place. Several terminals may share one.
                 * @example CNNSA
                 */
                UNLocationCode: string;
                /** @description First local day; 14 days are answered. */
                date: string;
                /** @description Most terminals in the answer; 100 where it is missing. */
                limit?: number;
                /** @description The Next-Page-Cursor of the page before, with the same filters. */
                cursor?: string;
            };
            header?: {
                /** @description Major version of the standard: 1. */
                "API-Version"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Schedules, one for each terminal */
            200: {
                headers: {
                    /** @description Version of the standard that is spoken. */
                    "API-Version"?: string;
                    /** @description Opaque; missing on the last page. */
                    "Next-Page-Cursor"?: string | null;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PortSchedule"][];
                };
            };
            /** @description All that is wrong with the request */
            400: {
                headers: {
                    /** @description Version of the standard that is spoken. */
                    "API-Version"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorResponse"];
                };
            };
            /** @description The key opens nothing, or none was sent where one is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description Too many requests of this caller */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description No room or no time now */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
    "vessel-schedules": {
        parameters: {
            query?: {
                /** @description IMO number of a vessel; none is assigned, so nothing matches. */
                vesselIMONumber?: string;
                /** @description Name of a vessel; none is assigned, so nothing matches. */
                vesselName?: string;
                /**
                 * @description Code of a service.
                 * @example S01
                 */
                carrierServiceCode?: string;
                /** @description Reference given out by DCSA; no service has one, so nothing matches. */
                universalServiceReference?: string;
                /** @description Import or export voyage, such as 2603R: year, place of the voyage in the service's year in base 36, R for a round trip. */
                carrierVoyageNumber?: string;
                /** @description Import or export voyage; the alliance's voyage numbers are also its universal references. */
                universalVoyageReference?: string;
                /** @description UN/LOCODE of a place that is called at. */
                UNLocationCode?: string;
                /** @description The alliance's own code of a terminal that is called at. */
                facilitySMDGCode?: string;
                /** @description Code of the member that sails the service. */
                vesselOperatorCarrierCode?: string;
                /** @description First local day of arrival or departure at a call; three months back where it is missing. At most 366 days. */
                startDate?: string;
                /** @description Last local day of arrival or departure at a call; six months ahead where it is missing. */
                endDate?: string;
                /** @description `FULL_VOYAGE`, which is the default, or `MATCHED_CALLS`. */
                responseScope?: string;
                /** @description Most services in the answer; 100 where it is missing. A page also ends with the service that brings it to 2,000 transport calls. */
                limit?: number;
                /** @description The Next-Page-Cursor of the page before, with the same filters. */
                cursor?: string;
            };
            header?: {
                /** @description Major version of the standard: 1. */
                "API-Version"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Schedules, one for each service */
            200: {
                headers: {
                    /** @description Version of the standard that is spoken. */
                    "API-Version"?: string;
                    /** @description Opaque; missing on the last page. */
                    "Next-Page-Cursor"?: string | null;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ServiceSchedule"][];
                };
            };
            /** @description All that is wrong with the request */
            400: {
                headers: {
                    /** @description Version of the standard that is spoken. */
                    "API-Version"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorResponse"];
                };
            };
            /** @description The key opens nothing, or none was sent where one is needed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description Too many requests of this caller */
            429: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
            /** @description No room or no time now */
            503: {
                headers: {
                    /** @description Seconds */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["HttpProblem"];
                };
            };
        };
    };
}
