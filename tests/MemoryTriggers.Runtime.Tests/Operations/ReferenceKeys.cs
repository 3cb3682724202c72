namespace MemoryTriggers.Operations;

/// <summary>The keys of the reference's dictionaries, as paths; <c>*</c> stands for the first name.</summary>
internal static class ReferenceKeys
{
    public static IEnumerable<string> Health { get; } =
    [
        .. Under("", "service_initialized service_enabled timestamp memory_service trigger_orchestrator policy_engine framework_hooks service_healthy circuit_breakers"),
        .. Under("memory_service.", "status active_backend backends metrics"),
        .. Under("memory_service.backends.*.", "is_healthy error_message last_checked uptime_percentage"),
        .. Under("trigger_orchestrator.", "status enabled queue_size metrics"),
        .. Under("policy_engine.", "status total_policies enabled_policies metrics"),
        .. Under("framework_hooks.", "status enabled registered_hooks metrics"),
        .. Under("async_collection.", "queue_operational queue_size_ok success_rate_ok average_latency_ok cache_operational"),
    ];

    public static IEnumerable<string> Metrics { get; } =
    [
        .. Under("memory_service.", "total_operations successful_operations failed_operations backend_switches circuit_breaker_activations fallback_activations initialization_time service_start_time"),
        .. Under("trigger_orchestrator.", "total_triggers successful_triggers failed_triggers skipped_triggers processing_time_total triggers_by_type triggers_by_priority last_trigger_time queue_size active_triggers enabled initialized policies"),
        .. Under("policy_engine.", "total_policies enabled_policies total_rules policies_by_type"),
        .. Under("framework_hooks.", "hooks_executed successful_hooks failed_hooks memory_captures average_hook_time hooks_by_type enabled registered_hooks active_contexts"),
        .. Under("collection.", "total_operations successful_operations failed_operations retried_operations average_latency queue_size batch_operations cache_hits cache_misses success_rate"),
        .. Under("circuit_breakers.*.", "state failure_count slow_call_count total_calls failure_rate slow_call_rate last_failure_time test_request_count success_count time_since_last_failure metrics config"),
        .. Under("circuit_breakers.*.metrics.", "total_requests successful_requests failed_requests slow_requests circuit_opens circuit_closes fallback_triggers recovery_attempts"),
        .. Under("circuit_breakers.*.config.", "failure_threshold recovery_timeout test_requests success_threshold slow_call_threshold slow_call_rate_threshold"),
        .. Under("circuit_breaker_summary.", "total_circuit_breakers open_circuit_breakers half_open_circuit_breakers closed_circuit_breakers circuit_breaker_names"),
        .. Under("performance.", "global_metrics total_backends backend_performance fastest_backend most_reliable_backend slowest_operation uptime"),
        .. Under("performance.global_metrics.", "total_operations total_time backend_switches circuit_breaker_opens fallback_activations start_time"),
        .. Under("performance.backend_performance.*.*.", "total_calls success_rate avg_response_time min_response_time max_response_time percentiles successful_calls failed_calls"),
        .. Under("performance.backend_performance.*.*.percentiles.", "p50 p75 p90 p95 p99"),
        .. Under("reliability.", "status circuit_breaker metrics last_health_check"),
        .. Under("reliability.metrics.", "total_requests successful_requests failed_requests success_rate failure_rate circuit_breaker_trips recovery_attempts average_response_time last_success_time last_failure_time"),
        .. Under("health_monitor.", "total_checks successful_checks failed_checks alerts_generated alerts_resolved monitoring_start_time total_backends healthy_backends unhealthy_backends overall_uptime active_alerts monitoring_duration health_check_interval last_check"),
    ];

    private static IEnumerable<string> Under(string prefix, string names) => names.Split(' ').Select(name => prefix + name);
}
